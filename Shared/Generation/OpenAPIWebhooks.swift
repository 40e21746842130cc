import JSON
import Validation
import Webhooks

extension OpenAPI {
    /// What organisations' endpoints are sent: https://spec.openapis.org/oas/v3.1.0#oas-webhooks
    static var webhooks: JSON {
        .object(WebhookEventType.allCases.map { JSON.Member($0.rawValue, ["post": operation($0)]) })
    }

    private static func operation(_ type: WebhookEventType) -> JSON {
        [
            "summary": .string(type.meaning),
            "description":
                "A Standard Webhook, sent until it is answered with a status from 200 to 299 within 15 seconds: again after 5 seconds, 5 and 30 minutes, 2, 5, 10, 14, 20 and 24 hours. `webhook-id` stays the same, so that what comes twice can be told.",
            "requestBody": ["required": true, "content": ["application/json": ["schema": body(type)]]],
            "responses": ["2XX": ["description": "It is taken."], "410": ["description": "Nothing more is wanted; the endpoint is switched off."]],
            "security": [["signature": []]],
        ]
    }

    private static func body(_ type: WebhookEventType) -> JSON {
        // There may be more of it one day.
        let data = JSON.inputSchema(of: WebhookEvent.self).withMoreMembers
        return [
            "type": "object",
            "properties": [
                "type": ["const": .string(type.rawValue)],
                "timestamp": ["type": "string", "format": "date-time", "description": "When it happened."],
                "data": data,
            ],
            "required": ["type", "timestamp", "data"],
        ]
    }
}

/// The header with which a request that changes something can be sent again: see ``IdempotencyKey`` in Endpoint.
enum KeyedRequests {
    static let parameter: JSON = [
        "name": "Idempotency-Key", "in": "header", "required": false,
        "description":
            "A name for this request. Sent again with the same name within a day, it takes effect once and gets the same answer, with the header `Idempotency-Replayed: true`. A request that failed may be tried again under its name.",
        "schema": ["type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!#-~]+$"],
    ]

    /// Whether a route answers again: those that change something on behalf of a person.
    static func include(_ declaration: Declaration) -> Bool {
        let credential = declaration.json["credential"]?.text
        return declaration.method != "GET" && (credential == "cookie" || credential == "pathToken")
    }

    static let reuse: JSON = ["code": "IDEMPOTENCY_KEY_REUSED", "status": 422]
}
