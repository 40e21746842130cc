import POSIX
import Testing

@testable import Endpoint
@testable import Postgres

/// Row level security: what one role, one organisation, one candidate can reach.
@Suite(.enabled(if: TestDatabase.isThere, TestDatabase.reason)) struct IsolationTests {
    private struct Name: Decodable { let name: String }

    private static let ours = "01990000-0000-7000-8000-00000000000a"
    private static let theirs = "01990000-0000-7000-8000-00000000000b"
    private static let theirInterview = "01990000-0000-7000-8000-00000000006f"
    private static let session: Statement =
        "SELECT recruiter_session(sha256('session-of-the-recruiter-000000000000000000'), '')"

    private static func names(_ statement: Statement, in database: Database) throws -> [String] {
        try database.session.rows(statement, as: Name.self).map(\.name)
    }

    /// Tables with the column `organization_id`.
    private static func tables(in database: Database) throws -> [String] {
        try names(
            """
            SELECT c.relname AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
            WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attname = 'organization_id'
            ORDER BY c.relname
            """, in: database)
    }

    // ---- The catalogue

    @Test func everyTableOfAnOrganizationForcesRowLevelSecurity() throws {
        let database = try TestDatabase.connect()
        #expect(try Self.tables(in: database).count >= 17)
        #expect(
            try Self.names(
                """
                SELECT relname AS name FROM pg_class
                WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND relname <> 'migration'
                    AND NOT (relrowsecurity AND relforcerowsecurity)
                """, in: database) == [])
    }

    @Test func everyTableOfAnOrganizationHasThePolicyOfItsOwn() throws {
        let database = try TestDatabase.connect()
        let guarded = try Self.names(
            """
            SELECT tablename AS name FROM pg_policies WHERE policyname = 'own_organization'
                AND qual LIKE '%organization_id%caller_organization()%' AND permissive = 'PERMISSIVE' ORDER BY tablename
            """, in: database)
        #expect(guarded == (try Self.tables(in: database)))
    }

    @Test func viewsAskOnTheirReadersBehalf() throws {
        #expect(
            try Self.names(
                """
                SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'v'
                    AND NOT coalesce(reloptions @> ARRAY['security_invoker=true'], false)
                """, in: TestDatabase.connect()) == [])
    }

    @Test func rolesOfFunctionsOwnNothingAndBypassNothing() throws {
        let database = try TestDatabase.connect()
        #expect(
            try Self.names(
                """
                SELECT rolname::text AS name FROM pg_roles WHERE rolname LIKE 'parley\\_%' AND rolname <> 'parley_admin'
                    AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication)
                UNION ALL
                SELECT r.rolname || ' owns ' || c.relname FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner
                WHERE r.rolname IN ('parley_anyone', 'parley_recruiter', 'parley_candidate', 'parley_service', 'parley_courier', 'parley_gate')
                UNION ALL
                SELECT r.rolname || ' is a member' FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.member WHERE r.rolname LIKE 'parley\\_%'
                """, in: database) == [])
    }

    @Test func functionsWithTheirOwnersRightsFixTheirSearchPath() throws {
        #expect(
            try Self.names(
                """
                SELECT proname AS name FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef
                    AND NOT coalesce(proconfig @> ARRAY['search_path=public, pg_temp'], false)
                """, in: TestDatabase.connect()) == [])
    }

    // ---- Nobody in particular

    @Test(arguments: ["anyone", "recruiter", "candidate", "service", "courier"])
    func withoutASessionNoRowIsVisible(role: String) throws {
        let database = try TestDatabase.rehearsal(as: try #require(Database.Role(rawValue: "parley_\(role)")))
        // The courier delivers everybody's events, and nothing else.
        let exceptions: Set = role == "courier" ? ["event", "delivery"] : []
        let readable = try Self.names(
            """
            SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v')
                AND relname NOT IN ('migration', 'subscription', 'storage_refusal', 'storage_certificate') AND has_any_column_privilege(oid, 'SELECT') ORDER BY relname
            """, in: database)
        for table in readable where !exceptions.contains(table) {
            #expect(
                try database.session.count(.text("SELECT count(*) FROM \(table)")) == 0, "\(role) sees rows of \(table)"
            )
        }
        #expect(readable.contains(role == "courier" ? "event" : "account"))
    }

    @Test(arguments: ["organization", "account", "candidate", "session", "async_interview"])
    func theCourierMayNotReadWhatItDelivers(table: String) throws {
        let database = try TestDatabase.rehearsal(as: .courier)
        #expect(throws: Failure.self) { try database.session.count(.text("SELECT count(*) FROM \(table)")) }
    }

    // ---- One organisation and another

    /// The owner may do everything that policies allow, so this is what they alone forbid.
    private func owner(of organization: String) throws -> Database {
        let database = try TestDatabase.rehearsal(as: .admin)
        _ = try database.session.count("SELECT 1 AS count")
        try database.run(
            script: """
                INSERT INTO event (organization_id, topic, data) VALUES ('\(Self.ours)', 'a', '{}'), ('\(Self.theirs)', 'a', '{}');
                INSERT INTO delivery (organization_id, event_id, function, path) SELECT organization_id, id, 'f', '/' FROM event WHERE topic = 'a';
                INSERT INTO receipt (webhook_id, organization_id) VALUES ('a', '\(Self.ours)'), ('b', '\(Self.theirs)');
                INSERT INTO analysis_batch (organization_id, assessment_id, account_id)
                SELECT s.organization_id, s.id, a.id FROM assessment s JOIN account a USING (organization_id);
                INSERT INTO deletion (organization_id, scope, subject_id, cause, counts)
                SELECT id, 'PERSON', id, 'RETENTION', '{}' FROM organization;
                INSERT INTO deleted_object (organization_id, deletion_id, key, storable_until)
                SELECT organization_id, id, 'a', now() FROM deletion;
                INSERT INTO interview_tally SELECT organization_id, id, current_date, 'invited', '', 1 FROM assessment;
                INSERT INTO deleted_invitation (token_hash, organization_id) SELECT sha256(id::text::bytea), id FROM organization;
                INSERT INTO password_link SELECT uuidv7(), organization_id, id, sha256(id::text::bytea), now() FROM account;
                INSERT INTO retention_setting (organization_id, recording_days, interview_days, version)
                SELECT id, 90, 365, 1 FROM organization;
                INSERT INTO upload_part SELECT organization_id, async_interview_id, video_key, 1, 1, 'a' FROM recording;
                INSERT INTO granted_part SELECT organization_id, async_interview_id, video_key, 1, repeat('a', 24) FROM recording;
                SET LOCAL ROLE parley_owner;
                SELECT set_config('app.organization', '\(organization)', true);
                """)
        return database
    }

    @Test func policiesHideOtherOrganizations() throws {
        let database = try owner(of: Self.ours)
        for table in try Self.tables(in: database) {
            #expect(
                try database.session.count(.text("SELECT count(*) FROM \(table)")) ?? 0 > 0,
                "\(table) has no row to hide")
            let foreign = "organization_id <> '\(Self.ours)'"
            #expect(
                try database.session.count(.text("SELECT count(*) FROM \(table) WHERE \(foreign)")) == 0, "\(table)")
            #expect(
                try database.session.execute(
                    .text("UPDATE \(table) SET organization_id = organization_id WHERE \(foreign)")) == 0, "\(table)")
            #expect(try database.session.execute(.text("DELETE FROM \(table) WHERE \(foreign)")) == 0, "\(table)")
            // Giving a row away would write one into another organisation.
            #expect {
                try database.session.execute(.text("UPDATE \(table) SET organization_id = '\(Self.theirs)'"))
            } throws: { isForbidden($0) }
        }
        #expect(try database.session.count("SELECT count(*) FROM organization") == 1)
    }

    @Test(arguments: ["candidate (organization_id, name, email)", "competency (organization_id, name, description)"])
    func policiesRefuseRowsForOtherOrganizations(target: String) throws {
        let database = try owner(of: Self.ours)
        #expect(try database.session.execute(.text("INSERT INTO \(target) VALUES ('\(Self.ours)', 'a', 'b')")) == 1)
        #expect {
            try database.session.execute(.text("INSERT INTO \(target) VALUES ('\(Self.theirs)', 'a', 'b')"))
        } throws: { isForbidden($0) }
    }

    @Test func withoutAnOrganizationEvenTheOwnerSeesNothing() throws {
        let database = try owner(of: "")
        for table in try Self.tables(in: database) {
            #expect(try database.session.count(.text("SELECT count(*) FROM \(table)")) == 0, "\(table)")
        }
    }

    @Test func aRecruiterReachesTheirOrganizationOnly() throws {
        let recruiter = try TestDatabase.rehearsal(as: .recruiter).session(Self.session)
        #expect(try recruiter.count("SELECT count(*) FROM async_interview") == 11)
        #expect(
            try recruiter.count(.text("SELECT count(*) FROM async_interview WHERE id = '\(Self.theirInterview)'")) == 0)
        #expect(
            try recruiter.execute(
                .text("UPDATE async_interview SET recruiter_notes = 'x' WHERE id = '\(Self.theirInterview)'")) == 0)
        #expect(throws: Failure.self) { try recruiter.execute("DELETE FROM async_interview") }
        // For administrators alone.
        #expect(try recruiter.execute("UPDATE account SET role = 'ADMIN'") == 0)
        #expect(throws: Failure.self) { try recruiter.execute("UPDATE account SET password_hash = ''") }
        #expect(throws: Failure.self) { try recruiter.count("SELECT count(password_hash) FROM account") }
        #expect(throws: Failure.self) { try recruiter.count("SELECT count(*) FROM session") }
    }

    @Test(arguments: [
        ("session-of-the-recruiter-000000000000000000", 1), ("session-of-the-administrator-00000000000000", 1),
        ("session-of-a-colleague-00000000000000000000", 0),
    ])
    func accommodationsAreForTheirGiverAndAdministrators(token: String, visible: Int) throws {
        let recruiter = try TestDatabase.rehearsal(as: .recruiter)
            .session("SELECT recruiter_session(sha256(\(token)::bytea), '')")
        #expect(try recruiter.count("SELECT count(*) FROM accommodation") == visible)
        #expect(try recruiter.execute("UPDATE accommodation SET extra_takes = 3") == visible)
    }

    @Test(arguments: ["opened_question", "take", "active_page"])
    func aRecruiterSeesNothingOfTheSession(table: String) throws {
        let recruiter = try TestDatabase.rehearsal(as: .recruiter).session(Self.session)
        #expect { try recruiter.count(.text("SELECT count(*) FROM \(table)")) } throws: { isForbidden($0) }
    }

    @Test func nobodyRefersToAnotherOrganizationsRow() throws {
        // A foreign key alone would accept it: it does not ask row level security.
        let recruiter = try TestDatabase.rehearsal(as: .recruiter).session(Self.session)
        #expect { () throws in
            try recruiter.execute(
                """
                INSERT INTO interview (organization_id, assessment_id, candidate_id, created_by_id, scheduled_at, ends_at, time_zone)
                VALUES (caller_organization(), '01990000-0000-7000-8000-000000000039', '01990000-0000-7000-8000-000000000051',
                    caller_account(), now(), now() + interval '1 hour', 'UTC')
                """)
        } throws: { isFailure($0, .notFound) }
    }

    // ---- One candidate and another

    @Test func aCandidateReachesTheirOwnInterviewOnly() throws {
        let candidate = try TestDatabase.rehearsal(as: .candidate)
            .session("SELECT candidate_session(sha256('invitation-to-the-begun-interview-000000000'), '', 'finish')")
        let begun = "01990000-0000-7000-8000-000000000065"
        #expect(try candidate.count(.text("SELECT count(*) FROM async_interview WHERE id = '\(begun)'")) == 1)
        #expect(try candidate.count("SELECT count(*) FROM async_interview") == 1)
        #expect(try candidate.count("SELECT count(*) FROM interview") == 1)
        #expect(try candidate.count("SELECT count(*) FROM recording") == 4)
        #expect(try candidate.count("SELECT count(*) FROM blob") == 3)
        #expect(try candidate.count("SELECT count(*) FROM video_response") == 1)
        #expect(try candidate.count("SELECT count(*) FROM proctor_log") == 0)
        #expect(try candidate.count("SELECT count(*) FROM device_check") == 3)
        #expect(try candidate.count("SELECT count(*) FROM question") == 2)
        #expect(
            try candidate.execute(.text("UPDATE async_interview SET last_active_at = now() WHERE id <> '\(begun)'"))
                == 0)
        #expect(
            try candidate.execute(
                .text("UPDATE video_response SET take_number = 2 WHERE async_interview_id <> '\(begun)'")) == 0)
    }

    @Test(arguments: [
        "SELECT count(invitation_token_hash) FROM async_interview",
        "SELECT count(recruiter_notes) FROM async_interview",
        "SELECT count(recruiter_score) FROM video_response", "SELECT count(ai_insights) FROM video_response",
        "SELECT count(*) FROM rubric_level", "SELECT count(*) FROM competency", "SELECT count(*) FROM evaluation",
        "SELECT count(*) FROM session",
        "SELECT count(name) FROM account", "SELECT count(email) FROM candidate",
        "UPDATE async_interview SET deadline_at = now()", "UPDATE async_interview SET retake_policy = 'THREE'",
        "DELETE FROM video_response",
        "DELETE FROM proctor_log", "UPDATE proctor_log SET metadata = NULL",
        """
        INSERT INTO blob VALUES (
            '01990000-0000-7000-8000-00000000000a/01990000-0000-7000-8000-000000000066/01990000-0000-7000-8000-000000000087.webm',
            caller_organization(), 'video/webm', 1)
        """,
        "UPDATE video_response SET recruiter_score = 5", "UPDATE consent_receipt SET granted = true", "DELETE FROM consent_receipt",
        "DELETE FROM detector_watch",
        "DELETE FROM take", "UPDATE take SET take_number = 1", "UPDATE opened_question SET opened_at = now()",
        "UPDATE accommodation SET extra_takes = 3", "DELETE FROM active_page",
        "DELETE FROM device_check", "UPDATE device_check SET key = 'a'",
    ])
    func aCandidateMayNot(statement: String) throws {
        let candidate = try TestDatabase.rehearsal(as: .candidate)
            .session("SELECT candidate_session(sha256('invitation-to-the-begun-interview-000000000'), '', 'finish')")
        #expect { try candidate.execute(.text(statement)) } throws: { isForbidden($0) }
    }

    @Test(arguments: [
        "UPDATE score_ledger SET reason = NULL", "DELETE FROM score_ledger", "UPDATE decision_ledger SET reason = 'a'",
        "DELETE FROM decision_ledger", "UPDATE proctor_disposition SET reason = 'a'", "DELETE FROM proctor_disposition",
        "DELETE FROM proctor_log", "DELETE FROM evaluation", "UPDATE evaluation SET evaluator_id = caller_account()",
    ])
    func aRecruiterMayNot(statement: String) throws {
        let recruiter = try TestDatabase.rehearsal(as: .recruiter).session(Self.session)
        #expect { try recruiter.execute(.text(statement)) } throws: { isForbidden($0) }
    }

    @Test(arguments: [
        ("session-of-the-administrator-00000000000000", 2), ("session-of-the-recruiter-000000000000000000", 0),
    ])
    func webhooksAreForAdministrators(token: String, visible: Int) throws {
        let recruiter = try TestDatabase.rehearsal(as: .recruiter)
            .session("SELECT recruiter_session(sha256(\(token)::bytea), '')")
        #expect(try recruiter.count("SELECT count(*) FROM webhook_endpoint") == visible)
        #expect(try recruiter.count("SELECT count(*) FROM shown_webhook_endpoint") == visible)
        #expect(try recruiter.count("SELECT count(*) FROM webhook_delivery") == visible * 2)
        #expect(try recruiter.execute("UPDATE webhook_endpoint SET enabled = false") == visible)
        #expect(try recruiter.execute("DELETE FROM webhook_endpoint") == visible)
    }

    @Test(arguments: [
        ("recruiter", "SELECT count(*) FROM kept_answer"), ("candidate", "SELECT count(*) FROM kept_answer"),
        ("candidate", "SELECT count(*) FROM webhook_endpoint"), ("courier", "SELECT count(*) FROM webhook_endpoint"),
        ("courier", "SELECT count(*) FROM webhook_delivery"), ("courier", "SELECT count(*) FROM kept_answer"),
        ("service", "SELECT count(secret_version) FROM webhook_endpoint"), ("recruiter", "UPDATE webhook_delivery SET data = '{}'"),
        ("recruiter", "DELETE FROM webhook_attempt"), ("recruiter", "INSERT INTO webhook_attempt DEFAULT VALUES"),
    ])
    func whatOthersRelyOnIsOutOfReach(role: String, statement: String) throws {
        let database = try TestDatabase.rehearsal(as: try #require(Database.Role(rawValue: "parley_\(role)")))
        #expect { try database.session.execute(.text(statement)) } throws: { isForbidden($0) }
    }

    @Test func nobodyScoresInAnothersName() throws {
        let recruiter = try TestDatabase.rehearsal(as: .recruiter).session(Self.session)
        let colleague: Statement = "SELECT count(*) FROM evaluation WHERE evaluator_id <> caller_account()"
        #expect(try recruiter.count(colleague) == 5)
        #expect(try recruiter.execute("UPDATE evaluation SET score = 5 WHERE evaluator_id <> caller_account()") == 0)
        #expect { () throws in
            try recruiter.execute(
                """
                INSERT INTO evaluation (organization_id, interview_id, evaluator_id, question_id, score)
                VALUES (caller_organization(), '01990000-0000-7000-8000-000000000077', '01990000-0000-7000-8000-000000000013',
                    '01990000-0000-7000-8000-000000000042', 5)
                """)
        } throws: { isForbidden($0) }
    }

    @Test(arguments: [
        ("parley_candidate", "SELECT candidate_session(sha256('invitation-to-the-begun-interview-000000000'), '', 'begin')"),
        ("parley_service", "SELECT service_session('\(ours)', '')"),
    ])
    func whatAnswersHoldIsNotRemoved(role: String, session: String) throws {
        let caller = try TestDatabase.rehearsal(as: try #require(Database.Role(rawValue: role))).session(.text(session))
        let answers: Statement = "SELECT count(*) FROM blob JOIN video_response ON video_key = key"
        let before = try #require(try caller.count(answers))
        #expect(before > 0)
        try caller.execute("DELETE FROM blob")
        #expect(try caller.count(answers) == before)
    }

    @Test func aCandidateMayNotWriteIntoAnotherInterview() throws {
        let candidate = try TestDatabase.rehearsal(as: .candidate)
            .session("SELECT candidate_session(sha256('invitation-to-the-begun-interview-000000000'), '', 'finish')")
        #expect { () throws in
            try candidate.execute(
                """
                INSERT INTO proctor_log (organization_id, async_interview_id, candidate_id, event_type)
                VALUES (caller_organization(), '01990000-0000-7000-8000-000000000062', '01990000-0000-7000-8000-000000000051', 'TAB_SWITCH')
                """)
        } throws: { isForbidden($0) }
    }
}
