import JSON
import Validation

extension SigningOrder {
    func s3() throws -> String {
        let credentials = S3.Credentials(
            accessKeyId: try Self.required(accessKeyId, "accessKeyId"),
            secretAccessKey: try Self.required(secretAccessKey, "secretAccessKey"), sessionToken: sessionToken)
        let endpoint = try Self.required(self.endpoint, "endpoint")
        guard
            let bucket = S3(
                endpoint: endpoint, bucket: try Self.required(self.bucket, "bucket"), region: try Self.required(region, "region"),
                addressing: addressing ?? .path, credentials: credentials)
        else { throw Refusal("endpoint must look like https://s3.eu-central-1.amazonaws.com, and bucket and region have text") }
        if method == .post, let mostBytes { return form(mostBytes, in: bucket) }
        return bucket.presign(
            method.rawValue, key, query: try parameters(), headers: contentMd5.map { [("content-md5", $0.value)] } ?? [],
            contentType: contentType, contentLength: contentLength, expires: lifetime, now: time)
    }

    private func form(_ mostBytes: Int, in bucket: S3) -> String {
        let form = bucket.postForm(key, contentType: type, size: 1...max(mostBytes, 1), expires: lifetime, now: time)
        let fields = form.fields.map { JSON.Member($0.name, .string($0.value)) }
        return JSON.object([.init("url", .string(form.url)), .init("fields", .object(fields))]).description
    }
}
