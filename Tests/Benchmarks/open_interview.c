// OpenInterview as a C programmer would write it, to measure the Swift function against: libfcgi,
// libpq and libcrypto, the same statements in the same one round trip, the same JSON and headers.
//
// It does what the measured request needs and no more: no log, no other routes, no reconnecting,
// and an interview without answers, whose JSON columns can be passed on as PostgreSQL wrote them.
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include <fcgiapp.h>
#include <libpq-fe.h>
#include <openssl/evp.h>

// `QUERY`, taken from Shared/Interviews/CandidateView.swift.
#include "query.h"

// OIDs of PostgreSQL's types (pg_type.dat).
enum { BOOL = 16, INT8 = 20, INT4 = 23, JSON = 114, BYTEA = 17, TIMESTAMPTZ = 1184 };

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

// Whether statements are prepared once a connection (PREPARED in the environment), or planned with
// each request, as PQexecParams and its siblings do.
static int is_prepared;

static const char *const SESSION = "SELECT candidate_session($1, $2, $3)";
static const Oid SESSION_TYPES[] = {BYTEA, 0, 0};

static int send_statement(PGconn *database, const char *name, const char *text, int count, const Oid *types, const char **values) {
    return is_prepared ? PQsendQueryPrepared(database, name, count, values, NULL, NULL, 0)
                       : PQsendQueryParams(database, text, count, types, values, NULL, NULL, 0);
}

static PGresult *find_interview(PGconn *database, const char *token, const char *position) {
    unsigned char digest[32];
    if (!EVP_Digest(token, strlen(token), digest, NULL, sha256, NULL)) fail("SHA-256", "refused");
    char hash[67] = "\\x";
    hex(digest, sizeof digest, hash + 2);

    const char *values[] = {hash, position, "read"};
    if (!PQenterPipelineMode(database)
        || !send_statement(database, "session", SESSION, 3, SESSION_TYPES, values)
        || !send_statement(database, "interview", QUERY, 0, NULL, NULL) || !PQpipelineSync(database))
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

// `,"createdAt":` for each column `created_at`, made once.
static char (*names)[64];

static void name_columns(PGresult *row) {
    names = calloc(PQnfields(row), sizeof *names);
    for (int column = 0; column < PQnfields(row); column++) {
        char *next = names[column] + sprintf(names[column], column ? ",\"" : "{\"");
        const char *name = PQfname(row, column);
        if (strlen(name) > sizeof *names - 8) fail("column", name);
        for (; *name; name++) *next++ = *name == '_' ? toupper((unsigned char)*++name) : *name;
        strcpy(next, "\":");
    }
}

static void put_interview(struct text *text, PGresult *row) {
    if (!names) name_columns(row);
    for (int column = 0; column < PQnfields(row); column++) {
        const char *value = PQgetvalue(row, 0, column);
        put(text, names[column]);
        if (PQgetisnull(row, 0, column)) put(text, "null");
        else switch (PQftype(row, column)) {
            case BOOL: put(text, *value == 't' ? "true" : "false"); break;
            case INT4: case INT8: case JSON: put(text, value); break;
            case TIMESTAMPTZ: put_time(text, value); break;
            default: put_string(text, value);
        }
    }
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

    is_prepared = getenv("PREPARED") != NULL;
    if (is_prepared) {
        prepare(database, "session", SESSION, 3, SESSION_TYPES);
        prepare(database, "interview", QUERY, 0, NULL);
    }

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
