/// Places for deliveries that are under way. A function gets at most half of them, so that one which is
/// slow, or much called, does not keep the others' events waiting.
struct Lanes {
    let places: Int
    private var taken: [String: Int] = [:]

    init(places: Int) { self.places = places }

    private var mostOfOne: Int { max(1, places / 2) }

    /// The functions that have no place left.
    var full: [String] { taken.filter { $0.value >= mostOfOne }.map(\.key) }

    /// How many deliveries there is room for, whichever of the other functions they are for.
    var room: Int {
        let fullest = taken.values.filter { $0 < mostOfOne }.max() ?? 0
        return min(places - taken.values.reduce(0, +), mostOfOne - fullest)
    }

    mutating func enter(_ function: String) { taken[function, default: 0] += 1 }

    /// - Returns: whether the function had no place left before.
    mutating func leave(_ function: String) -> Bool {
        let count = taken[function] ?? 0
        taken[function] = count > 1 ? count - 1 : nil
        return count >= mostOfOne
    }
}
