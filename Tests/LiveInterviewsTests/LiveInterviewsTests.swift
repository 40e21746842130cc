import Endpoint
import Interviews
import JSON
import Testing
import Validation

@testable import LiveInterviews

@Suite struct LiveTransitionTests {
    private static let legal: Set<String> = [
        "SCHEDULED COMPLETED", "SCHEDULED NO_SHOW", "SCHEDULED CANCELLED", "COMPLETED SCHEDULED", "COMPLETED NO_SHOW",
        "NO_SHOW SCHEDULED", "NO_SHOW COMPLETED",
    ]

    @Test(arguments: LiveStatus.allCases, LiveStatus.allCases)
    func onlyTheseTransitionsAreLegal(from: LiveStatus, to: LiveStatus) {
        let causes: [LiveTransitions.Cause] = [.holding, .absence, .cancelling, .takingBack]
        let open = causes.filter { (try? LiveTransitions.table.require(from: from, to: to, by: $0)) != nil }
        #expect(open.count == (Self.legal.contains("\(from.rawValue) \(to.rawValue)") ? 1 : 0))
    }

    @Test func aRefusalSaysWhatThereIsInstead() {
        #expect {
            try LiveTransitions.table.require(from: .completed, to: .cancelled, by: .cancelling)
        } throws: { error in
            (error as? Failure)?.detail == "An interview that is COMPLETED cannot be set to CANCELLED. From here it can become: "
                + "SCHEDULED by taking that back, NO_SHOW by marking that the candidate did not come."
        }
    }
}

@Suite struct LiveFieldTests {
    private struct Fields: Decodable {
        let link: MeetingLink?
        let zone: TimeZoneName?
    }

    private func isTaken(_ name: String, _ value: String) -> Bool {
        (try? InputDecoder.decode(Fields.self, from: .object([.init(name, .string(value))]))) != nil
    }

    @Test(arguments: ["https://meet.example/room", "https://meet.example:8443/a?b=c#d", "https://xn--bcher-kva.example"])
    func takesLinks(link: String) {
        #expect(isTaken("link", link))
    }

    @Test(arguments: [
        "", "http://meet.example", "https://", "https://room", "https://a@meet.example/", "https://meet.example/ b", "https://.example",
        "https://meet.example./", "javascript:alert(1)//https://meet.example", "https://meet.example/\r\nX: y", "https://meet.example/\"x",
        "https://büro.example/",
    ])
    func refusesWhatIsNoLink(link: String) {
        #expect(!isTaken("link", link))
    }

    @Test func refusesWhatCannotBeAZone() {
        #expect(isTaken("zone", "America/Argentina/Buenos_Aires"))
        for zone in ["", "Europe/Berlin'", "Europe Berlin", String(repeating: "a", count: 65), "Zürich"] { #expect(!isTaken("zone", zone)) }
    }
}
