"""The JSON API under ``/api/v1`` and the health checks: parse, call one function below, render.

Takes no cookie and gives none, so it needs no form token; CORS is not enabled, so pages of other sites
cannot read its answers.
"""

__all__: list[str] = []
