-- The certificate that the messages of Amazon SNS in these fixtures are signed with, as it is kept after the first of them.
-- It is in force for a hundred years, and nobody has its key.

INSERT INTO storage_certificate (url, pem) VALUES
    ('https://sns.eu-central-1.amazonaws.com/SimpleNotificationService-0000000000000000000000000000000a.pem',
'-----BEGIN CERTIFICATE-----
MIIDGzCCAgOgAwIBAgIUFxm/bUIsq6LbUwdxA473bYg7TBkwDQYJKoZIhvcNAQEL
BQAwHDEaMBgGA1UEAwwRc25zLmFtYXpvbmF3cy5jb20wIBcNMjYxMTIxMjIwNzE4
WhgPMjEyNjEwMjgyMjA3MThaMBwxGjAYBgNVBAMMEXNucy5hbWF6b25hd3MuY29t
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEApmoWcK56QFsINWnB6qVH
0vs9uknCFIl6v/bYukSSd+dr+Ox1VqgcBEFYqj2XBI8khRjsGaYIYAspM5AZMQn4
evFSqxAqdwY7b6751UmCeTnNARNTPTFn5f6I2cs7FyUlZlBZQSyrcx+TeFGjTysG
vesYiR6jqhvzlyPFkkeDLGXtwxMvUmi5rdFEaZRv2lxWxZ7F0LHKAXezZgHZG6gO
sZqTSjwzZgg3BXmIZxbX2IXsqYLlN2IsOeG+5sFryguRbp9sRDvAtNXD/2R/hm/C
Y4ZKDfzMyFP7ArlHjn4tYe24BnSxrLPueZMF4qz9arkwbGQIfjn6/RCOABW6v5g0
PwIDAQABo1MwUTAdBgNVHQ4EFgQUxwjYhlFJBvqE2gyYeX9zopkjyjowHwYDVR0j
BBgwFoAUxwjYhlFJBvqE2gyYeX9zopkjyjowDwYDVR0TAQH/BAUwAwEB/zANBgkq
hkiG9w0BAQsFAAOCAQEAFxvSdDRVkiyVrBcTT5ZmGo/8Oev5nHHE/uCNHYQhjCEs
5KskCdJAiLtS4rwTPlwE7r6St6Km4QzJJb6udfexAyCXG7nhxT/wr90BwmvMO+q2
0U8hbiKmXj6k1OrHxah8SKsbhNm33HtiEh4vlLtVL1P4+PDSlC2Kd6Kyu2U9ynHU
XSf9IaRCk4OBlAR8eVaSMlfVp4PwfRTD5bgezwl/fIJrTZOZj3qlH/lJeNdxXcVQ
GZpqu5P+2ssSTdVna0XRx8+Y/D3qvJtJpQ/audGbDG+BGx2eERasse9z5bGFixW+
4rSEMvh6Dqd+JBa9VfD/J3c1XVqDGRnqHpWMutOzCg==
-----END CERTIFICATE-----
');
