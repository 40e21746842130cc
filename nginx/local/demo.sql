-- The sample organisation's assessment and candidates. psql is told the
-- organisation: `--set organization=ID`. Safe to run again.

BEGIN;

INSERT INTO candidate (id, organization_id, name, email, pipeline_stage) VALUES
    ('01980000-0000-7000-8000-000000000001', :'organization', 'Grace Sample', 'grace@candidates.example', 'SCREENING'),
    ('01980000-0000-7000-8000-000000000002', :'organization', 'Alan Sample', 'alan@candidates.example', 'APPLIED')
ON CONFLICT DO NOTHING;

INSERT INTO competency (id, organization_id, name, description) VALUES
    ('01980000-0000-7000-8000-000000000011', :'organization', 'Collaboration',
     'Works through disagreement openly and keeps the team able to work together.'),
    ('01980000-0000-7000-8000-000000000012', :'organization', 'Ownership',
     'Takes responsibility for a result, plans the way there and says early when it is at risk.'),
    ('01980000-0000-7000-8000-000000000013', :'organization', 'Learning',
     'Learns what the work needs, quickly and to the point, and passes it on.')
ON CONFLICT DO NOTHING;

INSERT INTO assessment (id, organization_id, title, job_title) VALUES
    ('01980000-0000-7000-8000-000000000021', :'organization', 'Working together', 'Software Engineer')
ON CONFLICT DO NOTHING;

INSERT INTO question (id, organization_id, assessment_id, competency_id, position, content, type) VALUES
    ('01980000-0000-7000-8000-000000000031', :'organization', '01980000-0000-7000-8000-000000000021',
     '01980000-0000-7000-8000-000000000011', 1,
     'Tell us about a conflict in a team you worked in. What did you do, and how did it end?', 'BEHAVIORAL'),
    ('01980000-0000-7000-8000-000000000032', :'organization', '01980000-0000-7000-8000-000000000021',
     '01980000-0000-7000-8000-000000000012', 2,
     'Describe a time when you had to meet a hard deadline. How did you go about it?', 'BEHAVIORAL'),
    ('01980000-0000-7000-8000-000000000033', :'organization', '01980000-0000-7000-8000-000000000021',
     '01980000-0000-7000-8000-000000000013', 3,
     'When did you last have to learn something new very fast? How did you do it?', 'BEHAVIORAL'),
    ('01980000-0000-7000-8000-000000000034', :'organization', '01980000-0000-7000-8000-000000000021',
     '01980000-0000-7000-8000-000000000011', 4,
     'A colleague on whose work you depend is late. Write the message that you would send, and say why you wrote it so.',
     'ASYNC_TEXT')
ON CONFLICT DO NOTHING;

INSERT INTO rubric_level (organization_id, question_id, level, label, description, behavioral_anchors)
SELECT :'organization', question_id::uuid, level, label, description, to_jsonb(anchors)
FROM (VALUES
    ('01980000-0000-7000-8000-000000000031', 1, 'Not shown', 'Avoids the conflict or makes it worse.', ARRAY[
        'Blames a colleague and names no part of their own',
        'Ignored the disagreement until others had to step in',
        'Gives no concrete situation']),
    ('01980000-0000-7000-8000-000000000031', 2, 'Developing', 'Sees the conflict but leaves solving it to others.', ARRAY[
        'Passed the problem to a manager without talking to the person first',
        'Describes only their own point of view',
        'The disagreement ended without an agreement']),
    ('01980000-0000-7000-8000-000000000031', 3, 'Proficient', 'Talks to the other person and finds a way to go on.', ARRAY[
        'Asked the colleague for a private conversation',
        'Listened to the other side before answering',
        'Agreed on a compromise both could work with']),
    ('01980000-0000-7000-8000-000000000031', 4, 'Strong', 'Finds the cause behind the disagreement and settles it with facts.', ARRAY[
        'Listened to understand what the other person needed',
        'Compared the options with data, a prototype or a test',
        'Reached a decision together and followed up on it']),
    ('01980000-0000-7000-8000-000000000031', 5, 'Exceptional', 'Leaves the team better at disagreeing than before.', ARRAY[
        'Brought the whole team together to agree on how decisions are made',
        'Named their own mistake and what they changed',
        'The relationship and the result were both better afterwards, with an example']),

    ('01980000-0000-7000-8000-000000000032', 1, 'Not shown', 'Missed the deadline without acting, or has no example.', ARRAY[
        'Gives no concrete deadline or task',
        'Blames the deadline on others',
        'Nobody knew that it was at risk until it had passed']),
    ('01980000-0000-7000-8000-000000000032', 2, 'Developing', 'Worked harder, without a plan.', ARRAY[
        'Worked long hours as the only measure',
        'Started without deciding what mattered most',
        'Told others late that it would not be finished']),
    ('01980000-0000-7000-8000-000000000032', 3, 'Proficient', 'Planned the work and met what was promised.', ARRAY[
        'Split the work into small tasks with a plan',
        'Decided on priorities and did the most important first',
        'Kept others informed of the progress']),
    ('01980000-0000-7000-8000-000000000032', 4, 'Strong', 'Managed risk and expectations, not only tasks.', ARRAY[
        'Told the customer or the manager early what was at risk',
        'Agreed on a smaller scope in order to keep the date',
        'Delivered on time and checked the quality with tests']),
    ('01980000-0000-7000-8000-000000000032', 5, 'Exceptional', 'Delivered, and changed what had made it hard.', ARRAY[
        'Delivered on time with a measured result',
        'Took responsibility for the whole result, beyond their own tasks',
        'Changed the process afterwards so that it would not happen again']),

    ('01980000-0000-7000-8000-000000000033', 1, 'Not shown', 'Waited to be taught, or has no example.', ARRAY[
        'Names nothing that they learned',
        'Waited for a course or for someone to explain',
        'Gave up or passed the task on']),
    ('01980000-0000-7000-8000-000000000033', 2, 'Developing', 'Learned by chance rather than with a plan.', ARRAY[
        'Read or watched without a goal',
        'Copied a solution without understanding it',
        'Needed much help until the end']),
    ('01980000-0000-7000-8000-000000000033', 3, 'Proficient', 'Learned what the task needed and used it.', ARRAY[
        'Read the documentation and tried it with a small example',
        'Asked an experienced colleague for help with precise questions',
        'Finished the task with what they had learned']),
    ('01980000-0000-7000-8000-000000000033', 4, 'Strong', 'Learned with a method and checked what they knew.', ARRAY[
        'Made a plan of what to learn first and what to leave out',
        'Built a prototype to test their understanding',
        'Asked for a review and improved from the feedback']),
    ('01980000-0000-7000-8000-000000000033', 5, 'Exceptional', 'Became someone whom others learn from.', ARRAY[
        'Was productive within days and can say with which result',
        'Taught the team or wrote a guide for the others',
        'Describes what they would learn differently next time']),

    ('01980000-0000-7000-8000-000000000034', 1, 'Not shown', 'The message blames, or there is none.', ARRAY[
        'Accuses the colleague',
        'Goes to the manager before writing to the colleague',
        'Gives no reason for how it is written']),
    ('01980000-0000-7000-8000-000000000034', 2, 'Developing', 'Asks for the work, and for nothing else.', ARRAY[
        'Asks when it will be finished, without saying what depends on it',
        'Offers no help',
        'Sounds like an order']),
    ('01980000-0000-7000-8000-000000000034', 3, 'Proficient', 'Friendly and clear on what is needed and when.', ARRAY[
        'Says what depends on the work and by when it is needed',
        'Asks what is in the way',
        'Explains the choice of words']),
    ('01980000-0000-7000-8000-000000000034', 4, 'Strong', 'Makes it easy for the colleague to answer and to deliver.', ARRAY[
        'Offers help or a smaller first part',
        'Proposes a short call with a time',
        'Thinks of how the message reads on the other side']),
    ('01980000-0000-7000-8000-000000000034', 5, 'Exceptional', 'Solves this delay and prevents the next.', ARRAY[
        'Agrees on how to tell each other early about delays',
        'Names their own part in the delay',
        'Keeps the customer or the team informed meanwhile'])
) AS rubric (question_id, level, label, description, anchors)
ON CONFLICT DO NOTHING;

COMMIT;
