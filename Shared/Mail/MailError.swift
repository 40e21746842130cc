/// Why a message cannot be written. It would be the same at another attempt.
public enum MailError: Error, Equatable {
    /// A header's value holds a control character or a line separator, with which
    /// it could have added headers of its own.
    case controlCharacter(in: String)
    /// Not an address of the form local@domain in ASCII.
    case invalidAddress
    /// Not of the form left@right, in ASCII without spaces.
    case invalidMessageID
    /// A link that is not http or https.
    case invalidLink
}

extension MailError {
    /// For the person who can put it right.
    public var explanation: String {
        switch self {
        case .controlCharacter(let field): "The \(field) holds a line break or another control character."
        case .invalidAddress: "The address is not one that mail can be sent to."
        case .invalidMessageID: "The message's id is not of the form that mail asks for."
        case .invalidLink: "The link is not a web address."
        }
    }
}
