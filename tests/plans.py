"""The documents that reading is tested on: the repository's plan and another city's, made up."""

from pathlib import Path

from bot.question.names.subjects import Subjects
from kb.corpus.agency_file import read_agencies
from kb.corpus.document_subjects import read_subjects
from kb.corpus.source_files import SourceFile
from kb.documents.directory import SubjectView
from kb.text.agency_registry import AgencyRegistry, SourceAgency
from kb.text.document_file import ParsedDocument, parse_document

ROOT = Path(__file__).parent.parent
CORPUS = ROOT / "corpus"
SECOND_CITY = ROOT / "tests/data/corpus-second-city"


def verbatim(path: Path) -> str:
    """A file as it stands, line ends included."""
    return path.read_bytes().decode()


def agencies_in(corpus: Path) -> AgencyRegistry:
    """The agencies of a corpus folder."""
    agencies, problems = read_agencies(SourceFile("agencies.toml", verbatim(corpus / "agencies.toml")))

    assert agencies is not None
    assert problems == []
    return agencies


def subjects_of(corpus: Path, document_id: str) -> Subjects:
    """The subjects reviewed for a document, as a desk has them."""
    name = f"subjects/{document_id}.toml"
    subjects, problems = read_subjects(SourceFile(name, verbatim(corpus / name)), {document_id: None})

    assert problems == []
    return Subjects.of(
        SubjectView(
            document_id,
            one.id,
            one.kind,
            one.asked,
            tuple(f"{document_id}/{section}" for section in one.covers),
            one.asked if one.named is None else one.named,
            one.titled,
        )
        for one in subjects
    )


XIAMEN_PLAN = "xiamen-2024-plan"
XIAMEN = verbatim(CORPUS / "documents/xiamen-2024-plan.md")
BINHAI = verbatim(SECOND_CITY / "documents/binhai-2025-plan.md")
XIAMEN_AGENCIES = agencies_in(CORPUS)
BINHAI_AGENCIES = agencies_in(SECOND_CITY)
SUBJECTS = subjects_of(CORPUS, XIAMEN_PLAN)
FEW_AGENCIES = AgencyRegistry(
    (
        SourceAgency("customs", "海关", "海關"),
        SourceAgency("harbour", "港口局", "港口局"),
        SourceAgency("commerce", "市商务局", "市商務局"),
        SourceAgency("port-office", "市商务局(口岸办)", "市商務局(口岸辦)"),
        SourceAgency("members", "各成员单位", "各成員單位", collective=True),
    )
)


def parsed(text: str) -> ParsedDocument:
    """``text`` read with the agencies of the city it is about, or with a few."""
    agencies = {XIAMEN: XIAMEN_AGENCIES, BINHAI: BINHAI_AGENCIES}.get(text, FEW_AGENCIES)
    return parse_document(text, agencies, "documents/plan.md")
