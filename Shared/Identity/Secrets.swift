import Crypto
public import Endpoint

extension Environment {
    /// The key for one purpose, derived from the installation's secret in `PARLEY_SECRET_FILE`.
    public func key(for purpose: String) throws(Failure) -> [UInt8] {
        do {
            return try Secret(fileAt: try required("PARLEY_SECRET_FILE")).key(for: purpose)
        } catch let failure as Failure {
            throw failure
        } catch {
            throw .unavailable("The service is not configured.", cause: "\(error)")
        }
    }
}
