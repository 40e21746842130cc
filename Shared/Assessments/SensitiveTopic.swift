/// Something that an interview should not ask about: it says little about the work, much about
/// grounds on which laws forbid to choose (in the EU the directives 2000/43/EC and 2000/78/EC, in
/// the US Title VII, the ADA and the ADEA), or what is private.
struct SensitiveTopic {
    let code: Finding.Code
    /// What the question seems to ask about, after "asks about".
    let name: String
    /// Why not to ask it, in a sentence.
    let reason: String
    /// What to ask instead, in a sentence.
    let better: String
    let phrases: [Phrase]

    static let all = [
        SensitiveTopic(
            code: .asksAge, name: "age",
            reason: "Choosing by age is unlawful nearly everywhere, and years say little about skill.",
            better: "Ask for an example of the skill or the experience that the work needs.", phrases: age),
        SensitiveTopic(
            code: .asksFamilyPlans, name: "family or family plans",
            reason: "It is heard as a question about pregnancy or care for others, which must not count.",
            better: "Say what hours or travel the job has, and ask everybody whether that is possible.",
            phrases: familyPlans),
        SensitiveTopic(
            code: .asksMaritalStatus, name: "marital status or partners",
            reason: "Private life has no bearing on the work, and asking invites a claim of discrimination.",
            better: "Ask about what the job requires, such as moving to another city, in the same words for everybody.",
            phrases: maritalStatus),
        SensitiveTopic(
            code: .asksReligion, name: "religion or belief",
            reason: "Religion and belief are protected, and few jobs depend on them.",
            better: "Say when work takes place, and ask whether the person can work then.", phrases: religion),
        SensitiveTopic(
            code: .asksOrigin, name: "origin, nationality or first language",
            reason: "Origin is protected, also when it is asked in passing.",
            better: "Ask whether the person may work in the country, or how well they speak the language that the job needs.",
            phrases: origin),
        SensitiveTopic(
            code: .asksHealth, name: "health or disability",
            reason: "Before an offer, questions about health and disability are unlawful in many countries.",
            better: "Describe the task, and ask how the person would do it and whether they need an adjustment for the interview.",
            phrases: health),
        SensitiveTopic(
            code: .asksSexualOrientation, name: "sexual orientation or gender identity",
            reason: "It is protected, and it never bears on the work.", better: "Leave it out.",
            phrases: sexualOrientation),
        SensitiveTopic(
            code: .asksMembership, name: "union membership or politics",
            reason: "Unions and politics are a private matter that employers must not choose by.",
            better: "Ask how the person worked with people whose interests differed from theirs.", phrases: membership),
        SensitiveTopic(
            code: .asksCriminalRecord, name: "a criminal record in general",
            reason: "A broad question shuts out people whose past has nothing to do with the job; many places forbid it before an offer.",
            better: "If the law requires a check, name the offences that bear on this job and ask after the offer.",
            phrases: criminalRecord),
    ]
}
