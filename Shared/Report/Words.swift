import Interviews
import Validation

// The API's words as people read them. The pages have theirs in nginx/www/assets/recruiter/labels.js.

extension InterviewStatus {
    /// `IN_PROGRESS` → `In progress`, whatever statuses there are.
    var words: String {
        let text = rawValue.lowercased().split(separator: "_").joined(separator: " ")
        return text.prefix(1).uppercased() + text.dropFirst()
    }
}

extension Recommendation {
    var words: String {
        switch self {
        case .strongAdvance: "Strong advance"
        case .advance: "Advance"
        case .hold: "Hold"
        case .decline: "Decline"
        }
    }

    var colour: Colour {
        switch self {
        case .strongAdvance, .advance: .good
        case .hold: .caution
        case .decline: .bad
        }
    }
}

extension ProctorSummary.RiskLevel {
    var words: String {
        switch self {
        case .low: "Low"
        case .medium: "Medium"
        case .high: "High"
        }
    }

    var colour: Colour {
        switch self {
        case .low: .good
        case .medium: .caution
        case .high: .bad
        }
    }
}

extension InterviewRecord.Severity {
    var words: String {
        switch self {
        case .critical: "Critical"
        case .warning: "Warning"
        case .info: "Info"
        }
    }

    var colour: Colour {
        switch self {
        case .critical: .bad
        case .warning: .caution
        case .info: .soft
        }
    }
}

extension ProctorEventType {
    var words: String {
        switch self {
        case .tabSwitch: "Left the interview’s tab"
        case .windowBlur: "Another window came to the front"
        case .fullscreenExit: "Left fullscreen; the recording paused"
        case .noFaceDetected: "No face in the picture"
        case .multipleFaces: "More than one face in the picture"
        case .copyPasteAttempt: "Tried to copy or paste"
        case .timeLimitExceeded: "Recording ran past the limit"
        case .devtoolsOpen: "Window shape as with developer tools open"
        }
    }

    /// What else it can mean.
    var harmlessCause: String {
        switch self {
        case .tabSwitch: "A notification, a call or a message opened by accident can cause this."
        case .windowBlur: "A notification or a second monitor can cause this, without the person acting."
        case .fullscreenExit: "The Escape key is enough, and some devices leave it by themselves."
        case .noFaceDetected: "Poor light, looking aside, or a skin tone that the software handles badly can cause this."
        case .multipleFaces: "A poster, a mirror or someone passing by can cause this."
        case .copyPasteAttempt:
            "Screen readers, dictation and writing aids use the clipboard too, and many people copy their own text to be safe."
        case .timeLimitExceeded: "A slow device or one that went to sleep can cause this."
        case .devtoolsOpen: "A sidebar of the browser has the same shape."
        }
    }
}

extension InterviewRecord.Detector {
    var words: String {
        switch name {
        case "tab": "Leaving the tab"
        case "window": "Other windows"
        case "fullscreen": "Leaving fullscreen"
        case "devtools": "Developer tools"
        case "clipboard": "Copying and pasting"
        case "time-limit": "The time limit"
        case "face": "Faces in the picture"
        default: name
        }
    }
}

extension ConsentPurpose {
    var words: String {
        switch self {
        case .recording: "Recording"
        case .transcription: "Transcription by AI"
        case .analysis: "Analysis by AI"
        case .monitoring: "Monitoring"
        }
    }
}

extension QuestionType {
    var words: String {
        switch self {
        case .behavioral: "Behavioural"
        case .situational: "Situational"
        case .technical: "Technical"
        case .asyncVideo: "On video"
        case .asyncText: "In writing"
        }
    }
}

extension Timestamp {
    /// `21 November 2026, 09:00 UTC`
    var words: String {
        let months = [
            "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
            "December",
        ]
        let text = Array(description.utf8)
        let part = { (range: Range<Int>) in String(decoding: text[range], as: UTF8.self) }
        let month = Int(part(5..<7)) ?? 1
        return "\(Int(part(8..<10)) ?? 1) \(months[month - 1]) \(part(0..<4)), \(part(11..<16)) UTC"
    }

    /// `09:00:12`
    var clock: String { String(description.dropFirst(11).prefix(8)) }
}

/// 95 → `1:35`
func clock(_ seconds: Double) -> String {
    let whole = Int(max(0, seconds))
    return "\(whole / 60):\(whole % 60 < 10 ? "0" : "")\(whole % 60)"
}

/// 3.25 → `3.25`, 4 → `4.00`
func hundredths(_ number: Double) -> String {
    let whole = Int((number * 100).rounded())
    return "\(whole / 100).\(whole % 100 < 10 ? "0" : "")\(whole % 100)"
}

/// `1 event`, `3 events`
func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
