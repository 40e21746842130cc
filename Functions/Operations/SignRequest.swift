import Endpoint
import JSON
import ObjectStores
import Storage
import Validation

/// Prints whole requests to the store that `PARLEY_BLOB` names: a line of JSON in, a line with method, address, headers
/// and body out, or `null` where the store has no such request. For the tests of stores, and for operators who want to
/// ask a store by hand:
///
///     echo '{"operation": "head", "key": "a.webm"}' | SignRequest
///
/// What is printed is a permission, for a quarter of an hour unless `expires` says otherwise.
@main enum SignRequest {
    static func main() {
        do {
            guard case .remote(let store) = try BlobSetting(.read()) else {
                throw Failure.unavailable("", cause: "PARLEY_BLOB names the local store, which takes no signed requests")
            }
            while let line = readLine() {
                let order = try InputDecoder.decode(RequestOrder.self, from: try JSON(parsing: Array(line.utf8)))
                print(order.signed(by: store)?.line ?? "null")
            }
        } catch let failure as Failure {
            Command.fail("SignRequest: \(failure.cause ?? failure.detail)", status: 78)
        } catch let rejection as Rejection {
            Command.fail("SignRequest: \(rejection.problems.map { "\($0.field) \($0.message)" }.joined(separator: "; "))", status: 65)
        } catch {
            Command.fail("SignRequest: \(error)", status: 65)
        }
    }
}
