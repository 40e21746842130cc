<?php
// OpenInterview in PHP, to measure the Swift function against: the same statements in one round
// trip over a persistent connection, the same JSON and headers. PHP's driver has no pipeline, so
// the statements travel as one simple query, whose parameters are quoted by the driver.
//
// As PHP is mostly written, the server plans the statements every time; with PREPARE set in the
// environment they are prepared, which relies on what an earlier request left in the connection.

// `QUERY`, taken from Functions/Candidate/OpenInterview.swift.
require getenv('PARLEY_BENCH_QUERY');

const RETAKES = ['ZERO' => 0, 'ONE' => 1, 'TWO' => 2, 'THREE' => 3];

function trace(): string {
    $parts = explode('-', $_SERVER['HTTP_TRACEPARENT'] ?? '');
    $trace = count($parts) === 4 ? $parts[1] : bin2hex(random_bytes(16));
    return "00-$trace-" . bin2hex(random_bytes(8)) . '-01';
}

function moment(?string $text): ?string {
    return $text === null ? null : (new DateTimeImmutable($text))->format('Y-m-d\TH:i:s.v\Z');
}

$database = pg_pconnect(getenv('PARLEY_DATABASE') . ' user=parley_candidate');
$token = substr($_SERVER['DOCUMENT_URI'], strlen('/api/candidate/interview/'));
$hash = hash('sha256', $token);
$trace = trace();
$position = pg_escape_literal($database, $trace);
$values = "'\\x$hash', $position, false";
if (getenv('PREPARE')) {
    $run = "EXECUTE session($values); EXECUTE interview";
    $result = @pg_query($database, $run);
    if (!$result && str_contains(pg_last_error($database), 'does not exist')) {
        // The first request over this connection.
        pg_query($database, 'PREPARE session(bytea, text, boolean) AS SELECT candidate_session($1, $2, $3)');
        pg_query($database, 'PREPARE interview AS ' . QUERY);
        $result = @pg_query($database, $run);
    }
} else {
    $result = @pg_query($database, "SELECT candidate_session($values); " . QUERY);
}
header('Content-Type: application/json');
header('Cache-Control: no-store');
header('X-Request-Id: ' . $_SERVER['REQUEST_ID']);
header("traceparent: $trace");
if (!$result || !($row = pg_fetch_assoc($result))) {
    http_response_code(401);
    exit;
}

$questions = json_decode($row['questions'], true);
$limit = (int) $row['time_limit_seconds'];
$think = (int) $row['think_time_seconds'];
echo json_encode([
    'status' => $row['status'],
    'readOnly' => $row['status'] === 'SUBMITTED' || $row['status'] === 'REVIEWED',
    'organization' => json_decode($row['organization'], true),
    'assessment' => json_decode($row['assessment'], true),
    'candidate' => json_decode($row['candidate'], true),
    'contactEmail' => $row['contact_email'],
    'questionCount' => count($questions),
    'questions' => $questions,
    'timeLimitSeconds' => $limit,
    'thinkTimeSeconds' => $think,
    'retakePolicy' => $row['retake_policy'],
    'retakesAllowed' => RETAKES[$row['retake_policy']],
    'estimatedSeconds' => ($think + $limit) * count($questions),
    'deadlineAt' => moment($row['deadline_at']),
    'serverTime' => (new DateTimeImmutable('now', new DateTimeZone('UTC')))->format('Y-m-d\TH:i:s.v\Z'),
    'introMessage' => $row['intro_message'],
    'outroMessage' => $row['outro_message'],
    'startedAt' => moment($row['started_at']),
    'submittedAt' => moment($row['submitted_at']),
    'responses' => array_map(
        fn($response) => ['submittedAt' => moment($response['submittedAt'])] + $response,
        json_decode($row['responses'], true)),
]);
