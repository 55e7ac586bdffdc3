"""What every answer says to the browser about safety and caching."""

from urllib.parse import urlsplit

from flask import Flask, Response, request


def init_app(app: Flask, htmx_url: str) -> None:
    origin = "{0.scheme}://{0.netloc}".format(urlsplit(htmx_url)) if "://" in htmx_url else ""
    policy = "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' {origin}".strip(),
            "style-src 'self'",
            "img-src 'self' data: blob:",
            "font-src 'self'",
            "connect-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    )

    @app.after_request
    def add(response: Response) -> Response:
        headers = response.headers
        headers["Content-Security-Policy"] = policy
        headers["X-Content-Type-Options"] = "nosniff"
        headers["X-Frame-Options"] = "DENY"
        headers["Referrer-Policy"] = "same-origin"
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
        if "Cache-Control" not in headers:
            headers["Cache-Control"] = "no-store"
        elif request.endpoint == "static":  # its address changes when it does
            response.cache_control.immutable = True
        return response
