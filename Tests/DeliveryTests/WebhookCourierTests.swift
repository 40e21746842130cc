import Network
import Testing

@testable import Delivery

@Suite struct WebhookCourierTests {
    private func verdict(
        _ status: Int?, attempts: Int = 1, error: String? = "status", retryAfter: Double? = nil
    ) -> (WebhookCourier.Verdict, delay: Double) {
        WebhookCourier.verdict(on: .init(status: status, error: error, retryAfter: retryAfter), attempts: attempts)
    }

    @Test func whatIsTakenIsDone() { #expect(verdict(204, error: nil).0 == .delivered) }

    @Test(arguments: [301, 302, 400, 401, 404, 408, 429, 500, 503, nil])
    func everythingElseIsTriedAgain(status: Int?) { #expect(verdict(status).0 == .again) }

    @Test func whoIsGoneIsBelieved() { #expect(verdict(410).0 == .gone) }

    @Test func waitsLongerEachTimeAndThenGivesUp() {
        for (index, seconds) in WebhookCourier.schedule.enumerated() {
            let (verdict, delay) = verdict(500, attempts: index + 1)
            #expect(verdict == .again)
            #expect(delay >= Double(seconds) && delay <= Double(seconds) * 1.1)
        }
        #expect(verdict(500, attempts: WebhookCourier.schedule.count + 1).0 == .failed)
        let days = Double(WebhookCourier.schedule.reduce(0, +)) / 86_400
        #expect(days > 2.5 && days < Double(WebhookCourier.mostFailingDays))
    }

    @Test func waitsAsLongAsAskedWithinADay() {
        #expect(verdict(429, retryAfter: 1000).delay == 1000)
        #expect(verdict(429, retryAfter: 1e9).delay == 86_400)
        #expect(verdict(429, retryAfter: -5).delay >= 5)
    }

    @Test func aLeaseOutlivesAnAttempt() { #expect(WebhookCourier.lease > WebhookCourier.patience) }
}
