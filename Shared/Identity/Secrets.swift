public import Crypto
public import Endpoint

extension Environment {
    /// The key for one purpose, derived from the installation's secret in `PARLEY_SECRET_FILE`.
    public func key(for purpose: String) throws(Failure) -> [UInt8] {
        try secret(in: "PARLEY_SECRET_FILE").key(for: purpose)
    }

    /// The secret in the file that a setting names.
    public func secret(in setting: String) throws(Failure) -> Secret {
        let path = try required(setting)
        do {
            return try Secret(fileAt: path)
        } catch {
            throw .unavailable("The service is not configured.", cause: "\(error)")
        }
    }
}
