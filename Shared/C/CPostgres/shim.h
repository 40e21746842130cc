#include <libpq-fe.h>

// PG_DIAG_SQLSTATE and its siblings are character macros, which Swift does not import.
static inline const char *parley_sqlstate(const PGresult *result) {
    return PQresultErrorField(result, PG_DIAG_SQLSTATE);
}

static inline const char *parley_primary_message(const PGresult *result) {
    return PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
}

static inline const char *parley_constraint(const PGresult *result) {
    return PQresultErrorField(result, PG_DIAG_CONSTRAINT_NAME);
}

static inline void parley_ignore_notice(void *context, const PGresult *result) {}

// Notices would go to standard error, which is a socket under inetd.
static inline void parley_silence_notices(PGconn *connection) {
    PQsetNoticeReceiver(connection, parley_ignore_notice, 0);
}
