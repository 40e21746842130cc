import JSON
import Testing
import Validation

@testable import Models

@Suite struct BatchResultsTests {
    private let id = Identifier("01990000-0000-7000-8000-0000000000d1")!
    private let prompt = Prompt(
        name: "a-test", version: 3, instructions: "Be exact.", material: [:], task: "Rate it.",
        schema: [
            "type": "object", "additionalProperties": false, "required": ["level"],
            "properties": ["level": ["type": "string", "enum": ["weak", "strong"]]],
        ], mostTokens: 500)

    private func results(_ lines: [JSON]) throws -> BatchResults {
        let text = """
            {"providers": [{"name": "a", "kind": "anthropic", "url": "http://127.0.0.1:1", "private": true,
            "prices": [{"model": "claude", "input": 2, "output": 10}]}]}
            """
        return BatchResults(provider: try #require(try ProviderFile(Array(text.utf8)).providers.first), lines: lines)
    }

    private func line(_ sample: Int, _ result: JSON) -> JSON { ["custom_id": .string("\(id)_\(sample)"), "result": result] }

    private func message(_ text: String, stop: String = "end_turn") -> JSON {
        [
            "type": "succeeded",
            "message": [
                "id": "msg_1", "model": "claude-sonnet-5-5", "stop_reason": .string(stop), "content": [["type": "text", "text": .string(text)]],
                "usage": ["input_tokens": 1000, "output_tokens": 100],
            ],
        ]
    }

    @Test func findsAnswersByNameInAnyOrderAndCostsHalf() throws {
        let results = try results([line(2, message(#"{"level": "STRONG"}"#)), ["custom_id": "other_1", "result": ["type": "expired"]], line(1, message(#"{"level": "weak"}"#))])
        let answers = try results.answers(to: prompt, as: id, samples: 2).map { try $0.get() }
        #expect(answers.map(\.value) == [["level": "weak"], ["level": "strong"]])
        // 1,000 tokens at 2 dollars a million and 100 at 10 are 3,000 millionths.
        #expect(answers.map(\.origin.costMicroUSD) == [1500, 1500])
        #expect(answers[0].origin.requestId == "msg_1" && answers[0].origin.attempts == 1 && answers[0].origin.promptVersion == 3)
    }

    @Test func countsThatNobodyCanMeanEndNothing() throws {
        let usage: JSON = ["input_tokens": .integer(.max), "cache_read_input_tokens": .integer(.max), "output_tokens": .integer(.min)]
        let result: JSON = ["type": "succeeded", "message": [
            "id": "msg_1", "model": "claude-sonnet-5-5", "stop_reason": "end_turn",
            "content": [["type": "text", "text": #"{"level": "weak"}"#]], "usage": usage,
        ]]
        let answer = try #require(try results([line(1, result)]).answers(to: prompt, as: id, samples: 1).first).get()
        #expect((answer.origin.inputTokens, answer.origin.outputTokens) == (200_000_000, 0))
    }

    @Test func saysWhyThereIsNoAnswer() throws {
        let error: (JSON) -> JSON = { ["type": "errored", "error": ["type": "error", "error": ["type": $0, "message": "Some words."]]] }
        let results = try results([
            line(1, ["type": "expired"]), line(2, ["type": "canceled"]), line(3, error("api_error")), line(4, error("invalid_request_error")),
            line(5, message("", stop: "refusal")), line(6, message("{", stop: "max_tokens")), line(7, message(#"{"level": "fair"}"#)),
            line(8, ["type": "succeeded", "message": "?"]),
        ])
        let failures = results.answers(to: prompt, as: id, samples: 9).map { answer -> String in
            if case .failure(let failure) = answer { failure.description } else { "answered" }
        }
        #expect(failures[0] == "The provider is unavailable: it did not come to this within a day")
        #expect(failures[1] == "The provider is unavailable: the batch was cancelled")
        #expect(failures[2] == "The provider is unavailable: api_error")
        #expect(failures[3] == "The provider's answer cannot be used: the request was refused: invalid_request_error")
        #expect(failures[4] == "The model declined to answer.")
        #expect(failures[5] == "The provider's answer cannot be used: the answer is longer than 500 tokens")
        #expect(failures[6].hasPrefix("The provider's answer cannot be used: level"))
        #expect(failures[7] == "The provider is unavailable: the reply is no message")
        #expect(failures[8] == "The provider's answer cannot be used: the batch has no result of it")
    }
}
