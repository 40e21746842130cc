/// Where an author puts title and company, learnt from the positions in which words tell which is which,
/// and applied to the others.
struct Slots {
    private let title: Slot?
    private let company: Slot?

    private struct Slot: Hashable {
        let line: Int
        let column: Int

        init(_ piece: HeaderPiece) {
            line = piece.line
            column = piece.column
        }
    }

    init(_ headers: [[HeaderPiece]]) {
        var titles: [Slot: Int] = [:]
        var companies: [Slot: Int] = [:]
        for pieces in headers {
            if let best = Self.best(pieces, by: \.titleScore, over: \.companyScore) {
                titles[Slot(best), default: 0] += best.titleScore
            }
            if let best = Self.best(pieces, by: \.companyScore, over: \.titleScore) {
                companies[Slot(best), default: 0] += best.companyScore
            }
        }
        title = Self.mostSeen(titles)
        company = Self.mostSeen(companies)
    }

    private static func mostSeen(_ slots: [Slot: Int]) -> Slot? {
        slots.max { ($0.value, $1.key.line, $1.key.column) < ($1.value, $0.key.line, $0.key.column) }?.key
    }

    private static func best(
        _ pieces: [HeaderPiece], by score: (HeaderPiece) -> Int, over other: (HeaderPiece) -> Int
    ) -> HeaderPiece? {
        pieces.filter { score($0) > 0 && score($0) >= other($0) }.max { score($0) < score($1) }
    }

    /// The title and the company among the pieces of one head.
    func assign(_ pieces: [HeaderPiece]) -> (title: Value?, company: Value?) {
        let open = pieces.indices.filter { !pieces[$0].isPlace && pieces[$0].label != .other }
        var titleIndex = open.first { pieces[$0].label == .title }
        var companyIndex = open.first { pieces[$0].label == .company }
        let byScore = { (score: @escaping (HeaderPiece) -> Int) in
            { (left: Int, right: Int) in (score(pieces[left]), -left) < (score(pieces[right]), -right) }
        }
        if titleIndex == nil {
            titleIndex = open.filter {
                $0 != companyIndex && pieces[$0].titleScore > 0 && pieces[$0].label == nil
                    && !isCompanyInstead(pieces[$0])
            }
            .max(by: byScore(\.titleScore))
        }
        if companyIndex == nil {
            companyIndex = open.filter { $0 != titleIndex && pieces[$0].companyScore > 0 && pieces[$0].label == nil }
                .max(by: byScore(\.companyScore))
        }
        let rest = { open.filter { $0 != titleIndex && $0 != companyIndex && pieces[$0].label == nil } }
        if companyIndex == nil { companyIndex = choose(rest(), pieces, slot: company, beside: titleIndex) }
        if titleIndex == nil { titleIndex = choose(rest(), pieces, slot: title, beside: companyIndex) }
        // Two unknown names: people name the position first.
        if titleIndex == nil,
            company == nil || company.map({ slot in companyIndex.map { Slot(pieces[$0]) } != slot }) == true,
            rest().isEmpty == false
        {
            titleIndex = companyIndex
            companyIndex = rest().first
        }
        return (
            value(titleIndex, other: companyIndex, pieces, score: \.titleScore),
            value(companyIndex, other: titleIndex, pieces, score: \.companyScore)
        )
    }

    /// "Kestrel Consulting" has a word of each kind.
    private func isCompanyInstead(_ piece: HeaderPiece) -> Bool { piece.companyScore > piece.titleScore }

    /// Where others have it; else on another line or beyond a bar; else what a comma parts.
    private func choose(_ rest: [Int], _ pieces: [HeaderPiece], slot: Slot?, beside known: Int?) -> Int? {
        rest.first { slot == Slot(pieces[$0]) } ?? rest.first {
            !pieces[$0].followsComma && pieces[$0].line != known.map { pieces[$0].line }
        }
            ?? rest.first { !pieces[$0].followsComma } ?? rest.first
    }

    /// A piece with what follows it after commas and is nothing else: "Vice President, Risk".
    private func value(_ index: Int?, other: Int?, _ pieces: [HeaderPiece], score: (HeaderPiece) -> Int) -> Value? {
        guard let index else { return nil }
        var last = index
        while last + 1 < pieces.count, last + 1 != other, pieces[last + 1].followsComma, !pieces[last + 1].isPlace,
            pieces[last + 1].line == pieces[index].line
        {
            last += 1
        }
        let span = pieces[index].span.through(pieces[last].span)
        let confidence =
            pieces[index].label != nil ? 0.95 : score(pieces[index]) > 1 ? 0.9 : score(pieces[index]) == 1 ? 0.8 : 0.6
        return Value(span, confidence: confidence)
    }
}
