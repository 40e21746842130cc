import Testing

@testable import Delivery

@Suite struct LanesTests {
    @Test func oneFunctionGetsHalfOfThePlaces() {
        var lanes = Lanes(places: 8)
        #expect(lanes.room == 4)
        for _ in 1...4 { lanes.enter("Slow") }
        #expect(lanes.full == ["Slow"])
        #expect(lanes.room == 4)
        for _ in 1...3 { lanes.enter("Quick") }
        #expect(lanes.full == ["Slow"])
        #expect(lanes.room == 1)
    }

    @Test func thereIsNoRoomWhenAllPlacesAreTaken() {
        var lanes = Lanes(places: 4)
        for function in ["A", "A", "B", "B"] { lanes.enter(function) }
        #expect(lanes.room == 0)
        #expect(lanes.full.sorted() == ["A", "B"])
    }

    @Test func whoLeavesMakesRoom() {
        var lanes = Lanes(places: 4)
        /// Whether the function was full.
        func leave(_ function: String) -> Bool { lanes.leave(function) }
        lanes.enter("A")
        #expect(!leave("A"))
        lanes.enter("A")
        lanes.enter("A")
        #expect(leave("A"))
        #expect(lanes.full.isEmpty && lanes.room == 1)
        #expect(!leave("A"))
        #expect(lanes.room == 2)
    }

    /// Whatever is leased together, no function gets more than half.
    @Test func theRoomIsForAnyFunction() {
        var lanes = Lanes(places: 16)
        for _ in 1...7 { lanes.enter("A") }
        #expect(lanes.room == 1)
        lanes.enter("B")
        #expect(lanes.room == 1)
    }

    @Test func onePlaceIsEnough() {
        var lanes = Lanes(places: 1)
        #expect(lanes.room == 1)
        lanes.enter("A")
        #expect(lanes.room == 0)
        let wasFull = lanes.leave("A")
        #expect(wasFull && lanes.room == 1)
    }
}
