/// What a resume says, in the shape of the async document's `ResumeAnalysis.extractedData` (section
/// 1.2). What the resume does not say is null or empty, never guessed.
public struct Resume: Codable, Sendable, Equatable {
    public var fullName: String?
    public var email: String?
    public var phone: String?
    public var location: String?
    /// Years in which at least one position was held, to one decimal; null without a dated position.
    public var totalYearsExperience: Double?
    public var currentTitle: String?
    public var currentCompany: String?
    /// Technical and soft skills together, in the order in which the text first names them.
    public var skills: [String] = []
    public var technicalSkills: [String] = []
    public var softSkills: [String] = []
    public var education: [Education] = []
    public var experience: [Experience] = []
    public var certifications: [String] = []
    public var languages: [String] = []
    public var summary: String?

    public init() {}

    public struct Education: Codable, Sendable, Equatable {
        public var degree: String?
        public var institution: String?
        /// The year in which it ended, or is to end.
        public var year: Int?
        public var field: String?

        public init() {}
    }

    /// One position held. Several at one company are several of these.
    public struct Experience: Codable, Sendable, Equatable {
        public var title: String?
        public var company: String?
        /// `2019` or `2019-03`: as exact as the text is.
        public var startDate: String?
        /// As `startDate`, or `present` for a position still held.
        public var endDate: String?
        public var bullets: [String] = []

        public init() {}
    }
}
