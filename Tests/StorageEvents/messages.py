"""What stores' providers write about an object."""

ACCOUNT = ("/subscriptions/6d1a4b1e-0000-4000-8000-000000000001/resourceGroups/interviews/providers/Microsoft.Storage/"
           "storageAccounts/answers")


def s3_record(bucket, key, size, tag, name="ObjectCreated:Put"):
    return {
        "eventVersion": "2.1", "eventSource": "aws:s3", "eventName": name,
        "responseElements": {"x-amz-request-id": "C3D13FE58DE4C810"},
        "s3": {"bucket": {"name": bucket}, "object": {"key": key, "size": size, "eTag": tag}}}


def minio(bucket, key, size, tag):
    return {
        "EventName": "s3:ObjectCreated:Put", "Key": f"{bucket}/{key}",
        "Records": [s3_record(bucket, key, size, tag, name="s3:ObjectCreated:Put")]}


def eventbridge(bucket, key, size, tag):
    return {
        "version": "0", "id": "17793124-05d4-b198-2fde-7ededc63b103", "detail-type": "Object Created", "source": "aws.s3",
        "detail": {"bucket": {"name": bucket}, "object": {"key": key, "size": size, "etag": tag}}}


def azure_data(size, tag):
    return {"api": "PutBlockList", "eTag": tag, "contentLength": size, "blobType": "BlockBlob"}


def event_grid(bucket, key, size, tag):
    return [{
        "topic": ACCOUNT, "subject": f"/blobServices/default/containers/{bucket}/blobs/{key}",
        "eventType": "Microsoft.Storage.BlobCreated", "id": "831e1650-001e-001b-66ab-eeb76e069631",
        "data": azure_data(size, tag), "dataVersion": "", "metadataVersion": "1"}]


def cloud_event(bucket, key, size, tag):
    return {
        "source": ACCOUNT, "subject": f"/blobServices/default/containers/{bucket}/blobs/{key}", "specversion": "1.0",
        "type": "Microsoft.Storage.BlobCreated", "id": "9aeb0fdf-c01e-0131-0922-9eb54906e209", "data": azure_data(size, tag)}


def vercel(bucket, key, _, tag):
    return {
        "type": "blob.upload-completed",
        "payload": {"blob": {
            "url": f"https://{bucket}.public.blob.vercel-storage.com/{key}", "pathname": key, "contentType": "video/webm",
            "etag": f'"{tag}"'}, "tokenPayload": ""}}
