import Crypto
import JSON

/// A message of Amazon SNS, as HTTP subscribers get it.
/// Format: https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html
struct SNSMessage {
    enum Kind: String {
        case notification = "Notification"
        case subscription = "SubscriptionConfirmation"
        case end = "UnsubscribeConfirmation"

        /// What is signed, in this order.
        /// Source: https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html
        fileprivate var signedFields: [String] {
            switch self {
            case .notification: ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"]
            case .subscription, .end: ["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"]
            }
        }
    }

    let kind: Kind
    let topic: String
    let message: String
    /// Where a subscription is confirmed; nil for a notification.
    let subscribeURL: String?
    let certificateURL: String

    private let signed: [UInt8]
    private let signature: [UInt8]
    private let digest: Certificate.Digest

    init(_ document: JSON) throws(StorageRefusal) {
        guard let kind = Kind(rawValue: try document.text("Type")),
            let signature = Base64.decode(try document.text("Signature"))
        else { throw .malformed }
        switch try document.text("SignatureVersion") {
        case "1": digest = .sha1
        case "2": digest = .sha256
        default: throw .malformed
        }
        var signed = ""
        for name in kind.signedFields {
            // A message need have no subject; all else there must be.
            guard let value = try name == "Subject" ? document["Subject"]?.text : document.text(name) else { continue }
            signed += "\(name)\n\(value)\n"
        }
        self.kind = kind
        self.signature = signature
        self.signed = Array(signed.utf8)
        topic = try document.text("TopicArn")
        message = try document.text("Message")
        subscribeURL = kind == .notification ? nil : try document.text("SubscribeURL")
        certificateURL = try document.text("SigningCertURL")
    }

    /// Whether the certificate's key signed this message, and may have.
    ///
    /// A message's own time is not looked at: SNS may deliver it days later, and one that is sent again tells nothing new.
    func isSigned(by certificate: Certificate, now seconds: Int) -> Bool {
        certificate.isValid(at: seconds) && certificate.verify(signature, of: signed, by: digest)
    }
}
