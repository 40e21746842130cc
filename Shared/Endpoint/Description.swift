import JSON
import Validation

extension Endpoint {
    /// The declaration as JSON, from which the routing table, the activation table and the OpenAPI
    /// document are generated.
    static var description: JSON {
        let mediaType = (Output.self as? any HasBytes.Type)?.mediaType
        let answers: JSON = success == .noContent || mediaType != nil ? .null : JSON.outputSchema(of: Output.self)
        var failures = access.failures + failures
        let input = JSON.inputSchema(of: Input.self)
        if !(input["properties"]?.members.isEmpty ?? true) { failures.append(.validationFailed) }
        if limits.file != nil { failures += [.payloadTooLarge, .unsupportedMediaType] }
        failures += [.unavailable, .internalError]
        let ordered = Failure.Code.allCases.filter(failures.contains)
        return [
            "name": .string(name),
            "summary": .string(summary),
            "method": .string(route.method),
            "path": .string(route.template),
            "pathParameters": .array(route.parameters.map { .string($0) }),
            "isInternal": .bool(route.isInternal),
            "access": .string(access.name),
            "credential": access.credential.map { .string($0.rawValue) } ?? .null,
            "input": input,
            "output": answers,
            "mediaType": mediaType.map { .string($0) } ?? .null,
            "status": .integer(success.rawValue),
            "failures": .array(
                ordered.map { ["code": .string($0.rawValue), "status": .integer($0.status)] }),
            "subscribesTo": .array(access.topics.map { .string($0) }),
            "bodyLimit": .integer(limits.body),
            "fileLimit": limits.file.map { .integer($0) } ?? .null,
            "workers": .integer(limits.workers),
        ]
    }
}
