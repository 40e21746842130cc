import Crypto
public import Endpoint
import Events
public import Postgres
import Validation

/// Resend, when it reports what became of a mail.
public struct MailService {
    /// Statements on nobody's behalf: which organisation's mail it is is found out by its id.
    public let database: Session
}

extension Access where Caller == MailService {
    /// Resend's webhooks, signed with `PARLEY_RESEND_WEBHOOK_SECRET`. They are Standard Webhooks
    /// under the names that Svix, which sends them, gives to the headers.
    /// Format: https://resend.com/docs/webhooks/verify-webhooks-requests
    public static var resend: Self {
        Access("resend", credential: .svix, failures: [.authRequired, .invalidToken]) {
            environment throws(Failure) in
            let database = try Database(environment, as: .service)
            let secret = try environment.required("PARLEY_RESEND_WEBHOOK_SECRET")
            let webhook: StandardWebhook
            do { webhook = try StandardWebhook(secrets: [secret]) } catch {
                throw .unavailable("The service is not configured.", cause: "PARLEY_RESEND_WEBHOOK_SECRET: \(error)")
            }
            return Gate(
                identify: { request throws(Failure) in
                    _ = try request.verify(by: webhook, headers: "svix")
                    return MailService(
                        database: database.session(
                            "SELECT set_config('app.traceparent', \(request.trace.traceparent), true)"))
                },
                confirm: { _ throws(Failure) in },
                impersonate: { _, request throws(Failure) in
                    do {
                        let signed = try webhook.sign(id: "fixture", timestamp: Timestamp.now.seconds, body: request.body)
                        request.variables["HTTP_SVIX_ID"] = signed.id
                        request.variables["HTTP_SVIX_TIMESTAMP"] = signed.timestamp
                        request.variables["HTTP_SVIX_SIGNATURE"] = signed.signature
                    } catch {
                        throw .internal("\(error)")
                    }
                })
        }
    }
}
