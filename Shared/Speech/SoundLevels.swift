import Glibc

/// How loud each hundredth of a second is, in dB of full scale: as a whole and in three bands, of which
/// noise seldom hides all. Voices fill the low one, fricatives the high one.
struct SoundLevels {
    static let framesPerSecond = 100
    /// Samples of a frame.
    static let frame = Audio.rate / framesPerSecond

    private(set) var whole: [Float] = []
    /// Below 1 kHz, up to 3 kHz, above.
    private(set) var bands: [[Float]] = [[], [], []]

    /// Measures samples as they come, so that two hours need no more memory than two minutes.
    struct Meter {
        private(set) var levels = SoundLevels()
        private(set) var sampleCount = 0
        /// Whether there were more samples than were asked for.
        private(set) var isFull = false

        private let mostSamples: Int
        private var filters = [
            [Biquad(highPass: 100), Biquad(lowPass: 1000)],
            [Biquad(highPass: 1000), Biquad(lowPass: 3000)],
            [Biquad(highPass: 3000)],
        ]
        private var sums: [Double] = [0, 0, 0, 0]

        init(mostSamples: Int) { self.mostSamples = mostSamples }

        mutating func add(_ samples: [Int16]) {
            for sample in samples {
                guard sampleCount < mostSamples else {
                    isFull = true
                    return
                }
                add(Double(sample) / 32768)
            }
        }

        private mutating func add(_ sample: Double) {
            sums[3] += sample * sample
            for band in filters.indices {
                var value = sample
                for index in filters[band].indices { value = filters[band][index].pass(value) }
                sums[band] += value * value
            }
            sampleCount += 1
            guard sampleCount % frame == 0 else { return }
            for band in filters.indices { levels.bands[band].append(decibels(sums[band])) }
            levels.whole.append(decibels(sums[3]))
            sums = [0, 0, 0, 0]
        }

        /// Not under -75, below which a codec makes its own noise.
        private func decibels(_ sum: Double) -> Float {
            Float(max(-75, 10 * log10(sum / Double(frame) + 1e-9)))
        }
    }
}

/// A second-order Butterworth filter at the rate of ``Audio``, by R. Bristow-Johnson's "Audio EQ Cookbook"
/// (W3C note, 2021).
private struct Biquad {
    private let gains: (Double, Double, Double)
    private let feedback: (Double, Double)
    private var memory = (0.0, 0.0)

    init(lowPass hertz: Double) { self.init(hertz) { (1 - $0) / 2 } middle: { 1 - $0 } }
    init(highPass hertz: Double) { self.init(hertz) { (1 + $0) / 2 } middle: { -1 - $0 } }

    private init(_ hertz: Double, outer: (Double) -> Double, middle: (Double) -> Double) {
        let angle = 2 * Double.pi * hertz / Double(Audio.rate)
        let alpha = sin(angle) / 2.0.squareRoot()
        let scale = 1 + alpha
        gains = (outer(cos(angle)) / scale, middle(cos(angle)) / scale, outer(cos(angle)) / scale)
        feedback = (-2 * cos(angle) / scale, (1 - alpha) / scale)
    }

    /// Direct form II, transposed.
    mutating func pass(_ input: Double) -> Double {
        let output = gains.0 * input + memory.0
        memory = (gains.1 * input - feedback.0 * output + memory.1, gains.2 * input - feedback.1 * output)
        return output
    }
}
