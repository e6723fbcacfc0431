"""Which encoder these settings choose: an address, the model of this installation, or none."""

from indexer.meaning import process_encoder
from indexer.meaning.encoders import Encoder
from indexer.meaning.process_encoder import ProcessEncoder
from indexer.meaning.remote_encoder import Endpoint, RemoteEncoder
from web.settings import Settings

# Models of the e5 family were trained with these words before every text.
_E5_PREFIXES = ("query: ", "passage: ")


def encoder_for(settings: Settings) -> Encoder | None:
    """The encoder to use; None where meaning is switched off or nothing can compute it."""
    if settings.semantics == "off":
        return None
    if settings.embeddings_url:
        return RemoteEncoder(_endpoint(settings, settings.embeddings_url))
    return ProcessEncoder(settings.embeddings_threads) if process_encoder.is_installed() else None


def _endpoint(settings: Settings, url: str) -> Endpoint:
    is_e5 = "e5" in settings.embeddings_model.lower()
    return Endpoint(
        url=url,
        model=settings.embeddings_model,
        key=settings.embeddings_key.get_secret_value() if settings.embeddings_key else None,
        timeout=settings.embeddings_timeout,
        retries=settings.embeddings_retries,
        prefixes=_E5_PREFIXES if is_e5 else ("", ""),
    )
