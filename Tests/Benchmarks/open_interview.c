// OpenInterview as a C programmer would write it, to measure the Swift function against: libfcgi,
// libpq and libcrypto, the same statements, prepared, in the same one round trip, the same JSON and
// headers.
//
// It does what the measured request needs and no more: no log, no other routes, no reconnecting,
// and an interview without answers, whose JSON columns can be passed on as PostgreSQL wrote them.
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

#include <fcgiapp.h>
#include <libpq-fe.h>
#include <openssl/evp.h>

// `QUERY`, taken from Functions/Candidate/OpenInterview.swift.
#include "query.h"

// The columns in the query's order.
enum {
    STATUS, TIME_LIMIT, THINK_TIME, RETAKE_POLICY, DEADLINE, INTRO, OUTRO, STARTED, SUBMITTED, CONTACT,
    ORGANIZATION, ASSESSMENT, CANDIDATE, QUESTIONS, RESPONSES
};

static const char PATH[] = "/api/candidate/interview/";

static void fail(const char *what, const char *why) {
    fprintf(stderr, "open_interview: %s: %s\n", what, why);
    exit(1);
}

// ---- Writing -----------------------------------------------------------------

struct text {
    char *bytes;
    size_t length, capacity;
};

static void append(struct text *text, const char *bytes, size_t length) {
    if (text->length + length > text->capacity) {
        text->capacity = 2 * (text->length + length);
        text->bytes = realloc(text->bytes, text->capacity);
        if (!text->bytes) fail("memory", "exhausted");
    }
    memcpy(text->bytes + text->length, bytes, length);
    text->length += length;
}

static void put(struct text *text, const char *words) { append(text, words, strlen(words)); }

static void put_number(struct text *text, long number) {
    char digits[24];
    append(text, digits, snprintf(digits, sizeof digits, "%ld", number));
}

static void put_string(struct text *text, const char *value) {
    put(text, "\"");
    for (const char *run = value;;) {
        size_t length = 0;
        while ((unsigned char)run[length] >= 0x20 && run[length] != '"' && run[length] != '\\') length++;
        append(text, run, length);
        run += length;
        if (!*run) break;
        char escaped[8];
        if (*run == '"' || *run == '\\') append(text, escaped, snprintf(escaped, sizeof escaped, "\\%c", *run));
        else if (*run == '\n') put(text, "\\n");
        else append(text, escaped, snprintf(escaped, sizeof escaped, "\\u%04x", *run));
        run++;
    }
    put(text, "\"");
}

// PostgreSQL's `2026-11-21 09:00:00.123456+00` as `2026-11-21T09:00:00.123Z`.
static void put_time(struct text *text, const char *value) {
    int hours = 0, minutes = 0, seconds = 0, microseconds = 0, read = 0;
    sscanf(value + 11, "%2d:%2d:%2d%n", &hours, &minutes, &seconds, &read);
    if (value[11 + read] == '.') {
        int scale = 100000;
        for (const char *digit = value + 12 + read; isdigit((unsigned char)*digit); digit++, scale /= 10)
            microseconds += (*digit - '0') * scale;
    }
    char moment[48];
    append(text, moment, snprintf(moment, sizeof moment, "\"%.10sT%02d:%02d:%02d.%03dZ\"",
        value, hours, minutes, seconds, microseconds / 1000));
}

static void put_now(struct text *text) {
    struct timespec now;
    struct tm date;
    clock_gettime(CLOCK_REALTIME, &now);
    gmtime_r(&now.tv_sec, &date);
    char moment[48];
    append(text, moment, snprintf(moment, sizeof moment, "\"%04d-%02d-%02dT%02d:%02d:%02d.%03ldZ\"",
        date.tm_year + 1900, date.tm_mon + 1, date.tm_mday, date.tm_hour, date.tm_min, date.tm_sec,
        now.tv_nsec / 1000000));
}

// ---- The request ---------------------------------------------------------------

static void hex(const unsigned char *bytes, size_t count, char *text) {
    for (size_t index = 0; index < count; index++) sprintf(text + 2 * index, "%02x", bytes[index]);
}

// A W3C trace position: the caller's trace, or a new one, with an own span.
static void trace(const char *header, char position[56]) {
    unsigned char random[24];
    if (getrandom(random, sizeof random, 0) != sizeof random) fail("getrandom", "short");
    strcpy(position, "00-");
    if (header && strlen(header) == 55) memcpy(position + 3, header + 3, 32);
    else hex(random, 16, position + 3);
    position[35] = '-';
    hex(random + 16, 8, position + 36);
    strcpy(position + 52, "-01");
}

static EVP_MD *sha256;

static PGresult *find_interview(PGconn *database, const char *token, const char *position) {
    unsigned char digest[32];
    if (!EVP_Digest(token, strlen(token), digest, NULL, sha256, NULL)) fail("SHA-256", "refused");
    char hash[67] = "\\x";
    hex(digest, sizeof digest, hash + 2);

    const char *values[] = {hash, position, "f"};
    if (!PQenterPipelineMode(database)
        || !PQsendQueryPrepared(database, "session", 3, values, NULL, NULL, 0)
        || !PQsendQueryPrepared(database, "interview", 0, NULL, NULL, NULL, 0) || !PQpipelineSync(database))
        fail("send", PQerrorMessage(database));

    PGresult *session = PQgetResult(database);
    PQgetResult(database);
    PGresult *interview = PQgetResult(database);
    PQgetResult(database);
    PGresult *end = PQgetResult(database);
    int found = PQresultStatus(session) == PGRES_TUPLES_OK && PQresultStatus(interview) == PGRES_TUPLES_OK
        && PQntuples(interview) == 1;
    if (PQresultStatus(end) != PGRES_PIPELINE_SYNC) fail("receive", PQerrorMessage(database));
    PQclear(session);
    PQclear(end);
    PQexitPipelineMode(database);
    if (found) return interview;
    PQclear(interview);
    return NULL;
}

// ---- The answer ------------------------------------------------------------------

static const char *column(PGresult *row, int number) {
    return PQgetisnull(row, 0, number) ? NULL : PQgetvalue(row, 0, number);
}

static void put_member(struct text *text, const char *name, const char *value) {
    put(text, name);
    if (value) put_string(text, value);
    else put(text, "null");
}

static void put_time_member(struct text *text, const char *name, const char *value) {
    put(text, name);
    if (value) put_time(text, value);
    else put(text, "null");
}

static void put_json_member(struct text *text, const char *name, const char *value) {
    put(text, name);
    put(text, value);
}

static void put_number_member(struct text *text, const char *name, long value) {
    put(text, name);
    put_number(text, value);
}

// Quotes inside a JSON string are escaped, so this finds members and nothing else.
static long count_members(const char *json, const char *name) {
    long count = 0;
    for (const char *next = json; (next = strstr(next, name)); next++) count++;
    return count;
}

static void put_interview(struct text *text, PGresult *row) {
    const char *status = column(row, STATUS), *policy = column(row, RETAKE_POLICY);
    long questions = count_members(column(row, QUESTIONS), "\"position\" : ");
    long limit = atol(column(row, TIME_LIMIT)), think = atol(column(row, THINK_TIME));
    int closed = !strcmp(status, "SUBMITTED") || !strcmp(status, "REVIEWED");
    int retakes = !strcmp(policy, "ONE") ? 1 : !strcmp(policy, "TWO") ? 2 : !strcmp(policy, "THREE") ? 3 : 0;

    put_member(text, "{\"status\":", status);
    put(text, closed ? ",\"readOnly\":true" : ",\"readOnly\":false");
    put_json_member(text, ",\"organization\":", column(row, ORGANIZATION));
    put_json_member(text, ",\"assessment\":", column(row, ASSESSMENT));
    put_json_member(text, ",\"candidate\":", column(row, CANDIDATE));
    put_member(text, ",\"contactEmail\":", column(row, CONTACT));
    put_number_member(text, ",\"questionCount\":", questions);
    put_json_member(text, ",\"questions\":", column(row, QUESTIONS));
    put_number_member(text, ",\"timeLimitSeconds\":", limit);
    put_number_member(text, ",\"thinkTimeSeconds\":", think);
    put_member(text, ",\"retakePolicy\":", policy);
    put_number_member(text, ",\"retakesAllowed\":", retakes);
    put_number_member(text, ",\"estimatedSeconds\":", (think + limit) * questions);
    put_time_member(text, ",\"deadlineAt\":", column(row, DEADLINE));
    put(text, ",\"serverTime\":");
    put_now(text);
    put_member(text, ",\"introMessage\":", column(row, INTRO));
    put_member(text, ",\"outroMessage\":", column(row, OUTRO));
    put_time_member(text, ",\"startedAt\":", column(row, STARTED));
    put_time_member(text, ",\"submittedAt\":", column(row, SUBMITTED));
    put_json_member(text, ",\"responses\":", column(row, RESPONSES));
    put(text, "}");
}

static void answer(FCGX_Request *request, PGconn *database, struct text *body) {
    const char *path = FCGX_GetParam("DOCUMENT_URI", request->envp);
    const char *id = FCGX_GetParam("REQUEST_ID", request->envp);
    if (!path || strncmp(path, PATH, sizeof PATH - 1)) {
        FCGX_PutS("Status: 404\r\n\r\n", request->out);
        return;
    }
    char position[56];
    trace(FCGX_GetParam("HTTP_TRACEPARENT", request->envp), position);
    PGresult *row = find_interview(database, path + sizeof PATH - 1, position);
    if (!row) {
        FCGX_PutS("Status: 401\r\n\r\n", request->out);
        return;
    }
    body->length = 0;
    put_interview(body, row);
    PQclear(row);
    FCGX_FPrintF(request->out,
        "Status: 200\r\nContent-Type: application/json\r\nCache-Control: no-store\r\n"
        "X-Request-Id: %s\r\ntraceparent: %s\r\n\r\n", id ? id : "", position);
    FCGX_PutStr(body->bytes, (int)body->length, request->out);
}

static void prepare(PGconn *database, const char *name, const char *text, int count, const Oid *types) {
    PGresult *result = PQprepare(database, name, text, count, types);
    if (PQresultStatus(result) != PGRES_COMMAND_OK) fail("prepare", PQerrorMessage(database));
    PQclear(result);
}

int main(void) {
    const char *parameters = getenv("PARLEY_DATABASE");
    char conninfo[1024];
    snprintf(conninfo, sizeof conninfo, "%s user=parley_candidate", parameters ? parameters : "");
    PGconn *database = PQconnectdb(conninfo);
    if (PQstatus(database) != CONNECTION_OK) fail("connect", PQerrorMessage(database));

    prepare(database, "session", "SELECT candidate_session($1, $2, $3)", 3, (const Oid[]){17, 0, 16});
    prepare(database, "interview", QUERY, 0, NULL);

    sha256 = EVP_MD_fetch(NULL, "SHA256", NULL);

    struct text body = {0};
    FCGX_Request request;
    FCGX_Init();
    FCGX_InitRequest(&request, 0, 0);
    while (FCGX_Accept_r(&request) == 0) {
        answer(&request, database, &body);
        FCGX_Finish_r(&request);
    }
    return 0;
}
