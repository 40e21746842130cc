import JSON

extension JSON {
    /// The way to every value in this one: names of members and numbers of elements.
    var paths: [[String]] {
        let parts: [(String, JSON)]
        switch self {
        case .object(let members): parts = members.map { ($0.name, $0.value) }
        case .array(let elements): parts = elements.enumerated().map { (String($0.offset), $0.element) }
        default: parts = []
        }
        return parts.flatMap { name, value in [[name]] + value.paths.map { [name] + $0 } }
    }

    func value(at path: ArraySlice<String>) -> JSON? {
        guard let name = path.first else { return self }
        let part = Int(name).flatMap { elements.indices.contains($0) ? elements[$0] : nil } ?? self[name]
        return part?.value(at: path.dropFirst())
    }

    /// The same with another value at the end of a way, or without it.
    func changed(at path: ArraySlice<String>, to value: JSON?) -> JSON {
        guard let name = path.first else { return value ?? self }
        func change(_ part: JSON) -> JSON? { path.count == 1 ? value : part.changed(at: path.dropFirst(), to: value) }
        switch self {
        case .object(let members):
            return .object(members.compactMap { member in
                member.name == name ? change(member.value).map { Member(name, $0) } : member
            })
        case .array(let elements):
            return .array(elements.enumerated().compactMap { String($0.offset) == name ? change($0.element) : $0.element })
        default: return self
        }
    }

    func changed(at path: [String], to value: JSON?) -> JSON { changed(at: path[...], to: value) }
}
