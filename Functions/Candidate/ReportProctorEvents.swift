import Endpoint
import Identity
import Interviews
import Postgres
import Validation

/// Notes what the candidate's page observed since it last reported, and how long each of its
/// detectors has watched. A batch may come twice, late and out of order: each event counts once.
@main struct ReportProctorEvents: Endpoint {
    static let route = Route.post("/api/candidate/interview/{token}/proctor-events")
    static let access = Access.candidateFinishing
    static let summary = "Report proctoring events in a batch"

    struct Input: Decodable {
        /// Made by the page when it was loaded.
        let session: Identifier
        /// None when only the detectors' times are to be told.
        let events: List<ProctorBatch.Event, 0, 200>
        let detectors: List<ProctorBatch.Detector, 0, 20>?
    }

    struct Output: Codable {
        let accepted: Int
        let duplicates: Int
        /// The highest number received from this page; null before the first.
        let lastSequence: Int?
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Candidate) throws(Failure) -> Output {
        let events = input.events.elements
        let batch = ProctorBatch(of: input.session, events, input.detectors?.elements ?? [])
        let noted = try batch.note(caller.database)
        return Output(
            accepted: noted.accepted, duplicates: events.count - noted.accepted, lastSequence: noted.lastSequence)
    }
}
