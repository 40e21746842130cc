/// The tables that start and reach functions, written from their declarations.
public enum Tables {
    static let notice = "# Generated from the functions' declarations by `make generate`. Do not edit.\n"

    /// nginx's maps from a request to its function, to the methods an address knows, and to the
    /// route's template, which logs may show where a path would hold a token.
    public static func routes(_ declarations: [Declaration]) -> String {
        let open = declarations.filter { !$0.isInternal }
        var text = notice
        text += "map \"$request_method $uri\" $function {\n    default \"\";\n"
        for declaration in open {
            let methods = declaration.method == "GET" ? ["GET", "HEAD"] : [declaration.method]
            let path = pattern(declaration.path)
            for method in methods {
                // nginx looks exact texts up in a hash; only patterns cost a comparison each.
                let key = path == declaration.path ? "\(method) \(path)" : "~^\(method) \(path)$"
                text += "    \"\(key)\" \(declaration.name);\n"
            }
        }
        text += shadowed(open).map { "    \"\($0)\" \"\";\n" }.joined()
        text += "}\n\nmap $uri $allow {\n    default \"\";\n"
        for path in Set(open.map(\.path)).sorted() {
            let methods = open.filter { $0.path == path }.map(\.method).sorted().joined(separator: ", ")
            let pattern = pattern(path)
            text += pattern == path ? "    \(path) \"\(methods)\";\n" : "    \"~^\(pattern)$\" \"\(methods)\";\n"
        }
        text += "}\n\nmap $function $template {\n    default \"\";\n"
        for declaration in open { text += "    \(declaration.name) \"\(declaration.path)\";\n" }
        return text + "}\n"
    }

    /// Requests to an exact path that would reach another route's pattern, such as GET to
    /// `/api/candidates/import` where there is `/api/candidates/{id}`: the exact path has no such method.
    private static func shadowed(_ declarations: [Declaration]) -> [String] {
        let exact = Set(declarations.map(\.path).filter { !$0.contains("{") }).sorted()
        return exact.flatMap { path -> [String] in
            let own = Set(declarations.filter { $0.path == path }.map(\.method))
            let methods = Set(declarations.filter { covers($0.path, path) }.map(\.method)).subtracting(own).sorted()
            return methods.flatMap { $0 == "GET" ? ["GET \(path)", "HEAD \(path)"] : ["\($0) \(path)"] }
        }
    }

    /// Whether a path with parameters fits an exact one.
    private static func covers(_ template: String, _ path: String) -> Bool {
        let parts = template.split(separator: "/", omittingEmptySubsequences: false)
        let values = path.split(separator: "/", omittingEmptySubsequences: false)
        return parts.count == values.count && zip(parts, values).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
    }

    private static func pattern(_ path: String) -> String {
        path.split(separator: "/", omittingEmptySubsequences: false)
            .map { $0.hasPrefix("{") ? "[^/]+" : String($0) }.joined(separator: "/")
    }

    /// inetd's table: the function that each socket starts. The names between @ are filled in
    /// where the table is used.
    public static func activation(_ declarations: [Declaration]) -> String {
        notice
            + declarations.map { declaration in
                "@RUN@/sockets/\(declaration.name).sock stream unix wait @USER@ "
                    + "@FUNCTIONS@/\(declaration.name) \(declaration.name)\n"
            }.joined()
    }

    /// The functions that events are delivered to, as the database is told of them.
    public static func subscriptions(_ declarations: [Declaration]) -> String {
        let rows = declarations.flatMap { declaration in
            declaration.topics.map { "    ('\($0)', '\(declaration.name)', '\(declaration.path)')" }
        }
        return """
            -- Generated from the functions' declarations by `make generate`. Do not edit.
            DELETE FROM subscription;
            INSERT INTO subscription (topic, function, path) VALUES
            \(rows.sorted().joined(separator: ",\n"));

            """
    }
}
