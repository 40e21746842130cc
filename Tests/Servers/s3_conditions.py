"""A filter for Swift's proxy. Its S3 interface refuses conditional writes (501), which AWS has had since 2024; Swift itself
knows them. So the header is kept from that check, and nothing else: signatures cover it as before."""

from swift.common.middleware.s3api.s3request import S3Request

HEADER = "If-None-Match"
refuse = S3Request._validate_headers


def validate(request):
    condition = request.headers.pop(HEADER, None)
    refuse(request)
    if condition is not None:
        request.headers[HEADER] = condition


def filter_factory(_, **__):
    S3Request._validate_headers = validate
    return lambda application: application
