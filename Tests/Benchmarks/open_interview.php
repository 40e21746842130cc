<?php
// OpenInterview in PHP, to measure the Swift function against: the same statements in one round
// trip over a persistent connection, the same JSON and headers. PHP's driver has no pipeline, so
// the statements travel as one simple query, whose parameters are quoted by the driver.
//
// As PHP is mostly written, the server plans the statements every time; with PREPARE set in the
// environment they are prepared, which relies on what an earlier request left in the connection.

// `QUERY`, taken from Shared/Interviews/CandidateView.swift.
require getenv('PARLEY_BENCH_QUERY');

// OIDs of PostgreSQL's types (pg_type.dat).
const BOOL = 16, INT8 = 20, INT4 = 23, JSON = 114, TIMESTAMPTZ = 1184;

function trace(): string {
    $parts = explode('-', $_SERVER['HTTP_TRACEPARENT'] ?? '');
    $trace = count($parts) === 4 ? $parts[1] : bin2hex(random_bytes(16));
    return "00-$trace-" . bin2hex(random_bytes(8)) . '-01';
}

function value(string $text, int $type): mixed {
    return match ($type) {
        BOOL => $text === 't',
        INT4, INT8 => (int) $text,
        JSON => json_decode($text, true),
        TIMESTAMPTZ => (new DateTimeImmutable($text))->format('Y-m-d\TH:i:s.v\Z'),
        default => $text,
    };
}

$database = pg_pconnect(getenv('PARLEY_DATABASE') . ' user=parley_candidate');
$token = substr($_SERVER['DOCUMENT_URI'], strlen('/api/candidate/interview/'));
$hash = hash('sha256', $token);
$trace = trace();
$position = pg_escape_literal($database, $trace);
$values = "'\\x$hash', $position, 'read'";
if (getenv('PREPARE')) {
    $run = "EXECUTE session($values); EXECUTE interview";
    $result = @pg_query($database, $run);
    if (!$result && str_contains(pg_last_error($database), 'does not exist')) {
        // The first request over this connection.
        pg_query($database, 'PREPARE session(bytea, text, text) AS SELECT candidate_session($1, $2, $3)');
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

$interview = [];
foreach (array_keys($row) as $index => $name) {
    $member = lcfirst(str_replace('_', '', ucwords($name, '_')));
    $interview[$member] = $row[$name] === null ? null : value($row[$name], pg_field_type_oid($result, $index));
}
echo json_encode($interview);
