-- The certificate that the messages of Amazon SNS in these fixtures are signed with, as it is kept after the first of them.
-- It is in force for a hundred years, and nobody has its key.

INSERT INTO storage_certificate (url, pem) VALUES
    ('https://sns.eu-central-1.amazonaws.com/SimpleNotificationService-0000000000000000000000000000000a.pem',
'-----BEGIN CERTIFICATE-----
MIIC4TCCAcmgAwIBAgIBATANBgkqhkiG9w0BAQsFADAcMRowGAYDVQQDDBFzbnMu
YW1hem9uYXdzLmNvbTAgFw0yMDAxMDEwMDAwMDBaGA8yMTIwMDEwMTAwMDAwMFow
HDEaMBgGA1UEAwwRc25zLmFtYXpvbmF3cy5jb20wggEiMA0GCSqGSIb3DQEBAQUA
A4IBDwAwggEKAoIBAQCmahZwrnpAWwg1acHqpUfS+z26ScIUiXq/9ti6RJJ352v4
7HVWqBwEQViqPZcEjySFGOwZpghgCykzkBkxCfh68VKrECp3BjtvrvnVSYJ5Oc0B
E1M9MWfl/ojZyzsXJSVmUFlBLKtzH5N4UaNPKwa96xiJHqOqG/OXI8WSR4MsZe3D
Ey9SaLmt0URplG/aXFbFnsXQscoBd7NmAdkbqA6xmpNKPDNmCDcFeYhnFtfYheyp
guU3Yiw54b7mwWvKC5Fun2xEO8C01cP/ZH+Gb8JjhkoN/MzIU/sCuUeOfi1h7bgG
dLGss+55kwXirP1quTBsZAh+Ofr9EI4AFbq/mDQ/AgMBAAGjLDAqMAkGA1UdEwQC
MAAwHQYDVR0OBBYEFMcI2IZRSQb6hNoMmHl/c6KZI8o6MA0GCSqGSIb3DQEBCwUA
A4IBAQB8w68CDxekw+Q2NwJgAcK0McjBPHBqO4LW8MQSYHqXl+hOLUHrVT0bT+NH
S2EJuKt6svXEjYlrCaxRaNuCruxeLO7L2sP6J2f5vRHwTSAHJ64Gw0w8FuYC1aTJ
Re+2EeXWwt+bfEd5WE1/ZryyOvOG3ZgakdocQWSXXC7R6F+Ds9wIpd6Db10molYh
7bLA/tQYIvrFgqMGmZaBGtFQJEaXEvb8vC5J7dv1nKxEc6qSGCToTwNq+NJNlh2B
rAWuzvRwgzRtedmd5SZGyCdqnQ7FORZy5RsoFgN53s0HBg31lvR8kd3SnhY35eCM
DGZI4GEIncyU5XOU36ua4iUQiarW
-----END CERTIFICATE-----
');
