/// The one layout of Parley's mail: a title, paragraphs and facts, at most one button and
/// a foot. The plain form is made from the same parts, so both say the same.
struct MailTemplate {
    let title: String
    let paragraphs: [String]
    var facts: [String] = []
    var button: Button?
    let foot: String

    struct Button {
        let label: String
        let link: String
    }

    /// - throws: `MailError.invalidLink` unless the link is http or https.
    func render() throws(MailError) -> MailBody {
        if let link = button?.link {
            guard link.hasPrefix("https://") || link.hasPrefix("http://"), !hasControlCharacter(link) else {
                throw .invalidLink
            }
        }
        return MailBody(text: text, html: html)
    }

    private var text: String {
        let list = facts.map { "- \($0)" }.joined(separator: "\n")
        let address = button.map { "\($0.label): \($0.link)" } ?? ""
        return (paragraphs + [list, address, foot]).filter { !$0.isEmpty }.joined(separator: "\n\n")
    }

    private var html: HTML {
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <meta name="color-scheme" content="light dark">
        <meta name="supported-color-schemes" content="light dark">
        <title>\(title)</title>
        <style>\(Self.style)</style>
        </head>
        <body>
        <div class="page">
        \(joined(paragraphs.map { "<p>\($0)</p>" } + list + address))
        <p class="quiet">\(foot)</p>
        </div>
        </body>
        </html>
        """
    }

    private var list: [HTML] {
        facts.isEmpty ? [] : ["<ul>"] + facts.map { "<li>\($0)</li>" } + ["</ul>"]
    }

    private var address: [HTML] {
        guard let button else { return [] }
        return [
            "<p><a class=\"button\" href=\"\(button.link)\">\(button.label)</a></p>",
            "<p class=\"quiet\">If the button does not work, open this address: <a href=\"\(button.link)\">\(button.link)</a></p>",
        ]
    }

    /// Readers that know no `prefers-color-scheme` show the light colours or turn
    /// them around themselves; both stay legible, since every text has its ground.
    private static let style: HTML = """

        :root { color-scheme: light dark; }
        body { margin: 0; background: #ffffff; color: #16191a; }
        .page { max-width: 560px; margin: 0 auto; padding: 32px 24px;
          font: 16px/1.5 Inter, -apple-system, "Segoe UI", Roboto, Helvetica, Arial, sans-serif; }
        p, ul { margin: 0 0 16px; }
        a { color: #0a6459; overflow-wrap: anywhere; }
        .button { display: inline-block; margin: 8px 0; padding: 12px 24px; border-radius: 8px;
          background: #0a6459; color: #ffffff; font-weight: 600; text-decoration: none; }
        .quiet { color: #555c5c; font-size: 14px; }
        @media (prefers-color-scheme: dark) {
          body { background: #101314; color: #eceeec; }
          a { color: #6fd1bf; }
          .button { background: #6fd1bf; color: #06231f; }
          .quiet { color: #a3adab; }
        }

        """

    private func joined(_ pieces: [HTML]) -> HTML {
        pieces.reduce("") { $0 == "" ? $1 : "\($0)\n\($1)" }
    }
}
