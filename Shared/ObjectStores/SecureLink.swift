import Crypto
public import Validation

/// Addresses on our own nginx that work for a while, as its module `secure_link` checks them.
/// Source: https://nginx.org/en/docs/http/ngx_http_secure_link_module.html
public struct SecureLink: Sendable {
    private let baseURL: String
    private let secret: String

    public init(baseURL: String, secret: String) {
        self.baseURL = baseURL
        self.secret = secret
    }

    /// - Parameters:
    ///   - path: with its leading slash.
    ///   - parameters: signed as well, each as `nginx.conf` names it for the path.
    public func url(_ path: String, parameters: [(name: String, value: String)] = [], expires: Timestamp) -> String {
        let signed = ["\(expires.seconds)", path] + parameters.map(\.value) + [secret]
        let hash = Base64URL.encode(MD5.hash(signed.joined(separator: " ").utf8))
        let query = [("expires", "\(expires.seconds)")] + parameters.map { ($0.name, $0.value) } + [("signature", hash)]
        return "\(baseURL)\(path)?\(query.map { "\($0)=\($1)" }.joined(separator: "&"))"
    }
}
