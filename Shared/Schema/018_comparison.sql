-- Finding what reviewers compare and what waits for them, by index.

SET LOCAL ROLE parley_owner;

-- An assessment's answers, last submitted first.
CREATE INDEX async_interview_submitted ON async_interview (assessment_id, submitted_at DESC, id DESC)
    WHERE submitted_at IS NOT NULL;
-- What was scored lately.
CREATE INDEX evaluation_newest ON evaluation (organization_id, updated_at) INCLUDE (evaluator_id, interview_id);
-- What somebody was asked to review.
CREATE INDEX reviewer_account ON reviewer (account_id);
