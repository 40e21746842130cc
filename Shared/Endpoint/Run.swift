import FastCGI
import JSON
import POSIX

extension Endpoint {
    /// Runs the function in the way it was started:
    /// - `Function describe` prints the declaration as JSON,
    /// - `Function fixture.json` answers the request in the file once and prints it; exits with 1 from status 400 up,
    /// - with a listening socket as file descriptor 0 it serves FastCGI,
    /// - with CGI's variables set it answers one CGI request.
    public static func main() {
        let arguments = CommandLine.arguments.dropFirst()
        if arguments.first == "describe" {
            print(description)
        } else if let path = arguments.first {
            exitProcess(runFixture(path))
        } else if Listener.isAttached {
            Server<Self>.run()
        } else if Process.environment["REQUEST_METHOD"] != nil {
            answerCGI()
        } else {
            printError(
                """
                \(name): \(summary)
                \(route.method) \(route.template)

                  \(name) fixture.json   answer the request in a file and print the response
                  \(name) describe       print the declaration as JSON

                Otherwise a web server starts it, with FastCGI on file descriptor 0 or as CGI.
                """)
            exitProcess(64)
        }
    }

    /// Answers the request in this process's environment and standard input (RFC 3875).
    static func answerCGI() {
        let environment = Environment.read()
        if let path = environment["PARLEY_LOG"] { try? Process.redirectErrors(to: path) }
        var request = Request(variables: Process.environment)
        let length = request.variables["CONTENT_LENGTH"].flatMap(Int.init) ?? 0
        let reply: Reply
        if length > limits.body {
            reply = .unreadable(request, limit: limits.body)
        } else {
            request.body = (try? File.read(0, limit: length)) ?? []
            do throws(Failure) {
                reply = try Handler<Self>(environment).reply(to: request)
            } catch {
                reply = Reply(error, requestID: request.id)
                Log.write(.error, "start", function: name, request: request, detail: error.cause)
            }
        }
        try? File.write(reply.bytes, to: 1)
    }
}

func printError(_ text: String) {
    try? File.write(Array((text + "\n").utf8), to: 2)
}
