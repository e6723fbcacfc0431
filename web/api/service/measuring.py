"""``GET /metrics``: what happened since the server started, for Prometheus."""

from apiflask import APIBlueprint
from flask import Response
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

from web.request import visit
from web.state.metrics import exposition

measuring = APIBlueprint("measuring", __name__, enable_openapi=False)


@measuring.get("/metrics")
def metrics() -> Response:
    """Counts of this server's processes together."""
    text = exposition(visit.metrics(), visit.front_desk())
    return Response(text, content_type=CONTENT_TYPE_PLAIN_0_0_4)
