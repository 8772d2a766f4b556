/**
 * What records have in common, so that none has to say it again: the names of their fields in the order in which they
 * come, and the values that most of them have. Never change a character: what the table holds cannot be read without it.
 * A record that has grown other fields is packed a little less well, and that is all.
 */
const WORDS = [
  '{"kind":"notice","observed":["AWS_ECS_TASK_PATCHING_RETIREMENT","category":"scheduledChange","phase":"upcoming",',
  '"affected":{"partition":"aws","region":"","account":""},"eventArn":"arn:aws:health:","startsAt":1,"endsAt":1,"description":"',
  '"pages":{"seen":[1],"total":1},"entities":[{"kind":"service","isTruncated":false,"plan":{',
  '{"kind":"digest","destination":{"kind":"sns-topic","topicArn":"arn:aws:sns:","openings":[{"folded":[',
  '"wakeAt":17,"recovery":{"kind":"steady-state","at":17},"silence":"muted","tags":{"slackwater:","causes":{"',
  'image/not-found","network/","secrets/","health/container-check-failed","health/lb-check-failed","memory/container-oom",',
  '"deployment/circuit-breaker-rolled-back","platform/","capacity/","severity":"critical","medium","low","confidence":"likely","unclear",',
  '"stopCode":"TaskFailedToStart","stoppedReason":"CannotPullContainerError: ResourceInitializationError: Task failed ',
  'OutOfMemoryError: Container killed due to memory usage","exitCode":137,"containerReason":"launchType":"EC2",',
  '"deploymentReason":"ECS deployment circuit breaker: tasks failed to start.","deploymentFailed":true,"rollback":{"deploymentId":"',
  '"hook":{"change":{"from":"","to":"","differences":["circuitBreaker":{"failures":1,"threshold":3},"actor":"',
  '{"kind":"incident","state":{"status":"resolved","at":17,"how":"recovered"},"state":{"status":"open","acknowledged":{"by":"',
  '"state":{"status":"open"},"id":"inc-","fingerprint":"#service#|incident#app/exited-nonzero","subject":{"kind":"deployment",',
  '"subject":{"kind":"service","at":{"partition":"aws","region":"eu-west-1","account":"","cluster":""},"service":"},',
  '"diagnosis":{"cause":"app/exited-nonzero","severity":"high","title":"Application exited","documentation":',
  '"https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html","confidence":"certain",',
  '"benign":false,"summary":"Container  ended with exit code 1.","fix":["Read the last log lines of  in /ecs/.","Compare with ',
  'the last revision that ran: image, environment, secrets, network.","If it fails only now and then, look for a dependency ',
  'that was not ready."],"evidence":[{"field":"containers[].exitCode","text":"1"},{"field":"containers[].reason","text":"},',
  '{"field":"stopCode","text":"EssentialContainerExited"},{"field":"stoppedReason","text":"Essential container in task exited"}],',
  '"culprit":""},"severity":"high","details":{"missing":[],"desired":2,"running":1,"serviceEvents":["(service ) has started 1 tasks: (task ).",',
  '"(service ) has reached a steady state.","(service , taskSet , targetGroup arn:aws:elasticloadbalancing:",',
  '"(service ) was unable to place a task. Reason: "],"log":{"group":"/ecs/","stream":"ecs//","region":"eu-west-1","lines":["Error: "]},',
  '"taskDefinition":":1","latestTaskId":"","launchType":"FARGATE","availabilityZone":"eu-west-1a","stopCode":"EssentialContainerExited",',
  '"startedBy":"ecs-svc/","cpu":512,"memory":1024,"stoppedReason":"Essential container in task exited","deploymentId":"ecs-svc/",',
  '"container":"","image":".dkr.ecr.eu-west-1.amazonaws.com/:","imageDigest":"sha256:","exitCode":1},"origins":{"definition":[0,17,"],',
  '"task":[2,17,"],"latest":[0,17,"],"deployment":[0,17,"],"service":[0,17,"],"log":[0,17,"],"diagnosis":[2,17,"]},',
  '"occurrences":1,"tally":{"stops":1,"reports":0},"revision":1,"version":1,"firstSeen":17,"lastSeen":17,"seen":{"chunks":[{"until":17,"keys":"}],"forgottenUntil":17},',
  '"stops":[{"at":17,"ran":20},{"at":17,"ran":-1}],"tasks":[{"at":17,"id":"},{"at":17,"id":"}],"deployments":["ecs-svc/"],"reopened":0,"previousUntil":17,',
  '"announcements":[{"destination":{"kind":"slack-webhook"},"status":"claimed","attempts":0,"notBefore":17,"until":17,"mentions":["insteadOf":"',
  '{"destination":{"kind":"slack-channel","channel":"C0"},"attempts":0,"status":"told","revision":1,"said":1,"at":17,"notBefore":17,"receipt":{"channel":"C0","ts":"17"}},',
  '{"destination":{"kind":"sns-topic","topicArn":"arn:aws:sns:eu-west-1::slackwater"},"attempts":0,"status":"told","revision":1,"said":1,"at":17,"notBefore":17}],',
  '"timeline":[{"n":1,"at":17,"reason":"first","text":"Container  ended with exit code 1."},{"n":2,"at":17,"reason":"repeated","text":"",',
  '"reason":"reopened","reason":"resolved","reason":"worse","reason":"acknowledged"}],"wakeAt":17}',
].join('');

export const PACKING_WORDS = Buffer.from(WORDS);
