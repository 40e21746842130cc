import Endpoint
import JSON
import ObjectStores
import Storage
import Validation

/// Signs addresses: a line of JSON in, a line with the address out. For operators who look for a signature's fault, and
/// for the tests that compare signatures with the providers' own libraries.
///
///     echo '{"store": "s3", "method": "PUT", "endpoint": "https://s3.eu-central-1.amazonaws.com", "bucket": "answers",
///            "key": "a.webm", "region": "eu-central-1", "accessKeyId": "…", "secretAccessKey": "…"}' | Presign
///
/// Without `store` the order is for the store that `PARLEY_BLOB` names. A form to post (`"method": "POST"` with `mostBytes`)
/// and a token of Vercel Blob are not addresses alone: for these the line is `{"url", "fields"}` and `{"url", "token"}`. A
/// line that cannot be signed ends the command, which names it.
@main enum Presign {
    static func main() {
        var number = 0
        while let line = readLine() {
            number += 1
            do {
                let order = try InputDecoder.decode(SigningOrder.self, from: try JSON(parsing: Array(line.utf8)))
                print(try sign(order))
            } catch let rejection as Rejection {
                let problems = rejection.problems.map { "\($0.field) \($0.message)" }.joined(separator: "; ")
                Command.fail("Presign: line \(number): \(problems)", status: 65)
            } catch let failure as Failure {
                Command.fail("Presign: line \(number): \(failure.cause ?? failure.detail)", status: 78)
            } catch let refusal as Refusal {
                Command.fail("Presign: line \(number): \(refusal.message)", status: 65)
            } catch {
                Command.fail("Presign: line \(number): \(error)", status: 65)
            }
        }
    }

    private static func sign(_ order: SigningOrder) throws -> String {
        if let store = order.store { return try order.signed(for: store) }
        let expires = order.lifetime, now = order.time
        switch (order.method, try BlobStore(.read())) {
        case (.get, let store): return store.playbackURL(of: order.key, now: now).url
        case (.put, let store):
            let grant = LocalStore.Grant(
                .whole, key: order.key, contentType: order.type, size: order.contentLength,
                md5: order.contentMd5, expires: now.adding(seconds: expires))
            return store.upload(grant, now: now).url
        case (.head, .remote(let remote)): return remote.head(order.key, expires: expires, now: now).url
        case (.delete, .remote(let remote)): return remote.delete(order.key, expires: expires, now: now).url
        default: throw Refusal("method must be GET or PUT, or HEAD or DELETE of a store that is not Parley's own")
        }
    }
}
