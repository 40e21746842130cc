"""How many addresses of S3 are signed in a second of one core, beside botocore.

    signatures.py PRESIGN COUNT     with the Python that Tests/ObjectStores/requirements.txt describes; prints JSON
"""

import json
import resource
import subprocess
import sys
import time

import botocore.session
from botocore.config import Config

ORDER = {
    "store": "s3", "method": "PUT", "endpoint": "https://s3.eu-central-1.amazonaws.com", "bucket": "answers", "region": "eu-central-1",
    "contentType": "video/webm", "contentLength": 8 << 20, "expires": 900, "accessKeyId": "AKIAIOSFODNN7EXAMPLE",
    "secretAccessKey": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"}


def presign(program, count):
    lines = "".join(json.dumps({**ORDER, "key": f"organization/interview/{number}.webm"}) + "\n" for number in range(count))
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    answers = subprocess.run([program], input=lines, stdout=subprocess.PIPE, text=True, check=True).stdout
    assert answers.count("X-Amz-Signature=") == count
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return count / (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def botocore_presign(count):
    client = botocore.session.get_session().create_client(
        "s3", region_name=ORDER["region"], aws_access_key_id=ORDER["accessKeyId"], aws_secret_access_key=ORDER["secretAccessKey"],
        config=Config(signature_version="s3v4", request_checksum_calculation="when_required"))
    before = time.process_time()
    for number in range(count):
        client.generate_presigned_url("put_object", Params={
            "Bucket": ORDER["bucket"], "Key": f"organization/interview/{number}.webm", "ContentType": ORDER["contentType"],
            "ContentLength": ORDER["contentLength"]}, ExpiresIn=ORDER["expires"])
    return count / (time.process_time() - before)


program, count = sys.argv[1], int(sys.argv[2])
print(json.dumps({"ours": presign(program, count), "botocore": botocore_presign(count // 20)}))
