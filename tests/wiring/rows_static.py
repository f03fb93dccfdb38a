"""Deployment, boot, lint, types and query plans: the edit that removes what each holds."""

from wiring_harness import Edit, First, Row

KUBERNETES = "deploy/kubernetes/base"
MIGRATION = "migrations/versions/0001_initial.py"

WITHOUT_ROW = {
    "suite_passes": "runs the project's own tests, whatever they are; the gate's own test breaks one",
    "open_loop": "measures: figures beside targets, nothing to unwire",
    "saturation": "likewise",
    "calibration": "likewise",
    "first_token_soon": "measures: a busy machine is told in a warning; tests/verify holds late tokens against it",
    "kubernetes_sizing": "compares with the sizing: tests/verify holds it against other sizings",
    "migration_lint": "left out here: the migrations are Python, and `make lint` renders and lints them",
}
"""Checks without a row, each with the reason."""

MANIFESTS = (
    Row(
        "kustomize",
        "kustomize composes",
        (Edit(f"{KUBERNETES}/kustomization.yaml", "- service.yaml\n", "- no-such.yaml\n"),),
    ),
    Row(
        "kubernetes_schema",
        "manifests are valid",
        (
            Edit(
                f"{KUBERNETES}/deployment.yaml",
                "  revisionHistoryLimit: 5\n",
                "  revisionHistoryLimit: many\n",
            ),
        ),
    ),
    Row(
        "kubernetes_pods",
        "securityContext",
        (
            Edit(
                f"{KUBERNETES}/deployment.yaml",
                "        securityContext:\n          allowPrivilegeEscalation: false\n"
                "          readOnlyRootFilesystem: true\n          capabilities:\n            drop:\n            - ALL\n",
            ),
        ),
    ),
    Row(
        "kubernetes_pods",
        "resources",
        (First(f"{KUBERNETES}/deployment.yaml", r" +limits:\n +cpu: .+\n +memory: .+\n"),),
    ),
    Row(
        "kubernetes_pods",
        "probes",
        (
            Edit(
                f"{KUBERNETES}/deployment.yaml",
                "        readinessProbe:\n          httpGet:\n            path: /readyz\n            port: http\n          periodSeconds: 5\n          timeoutSeconds: 3\n          failureThreshold: 2\n",
            ),
        ),
    ),
    Row(
        "kubernetes_pods",
        "no latest",
        (Edit(f"{KUBERNETES}/deployment.yaml", "image: quillwort:0.1.0", "image: quillwort:latest"),),
    ),
    Row(
        "kubernetes_references",
        "HPA and PDB act on the deployment",
        (
            Edit(
                f"{KUBERNETES}/horizontalpodautoscaler.yaml",
                "    kind: Deployment\n    name: quillwort\n",
                "    kind: Deployment\n    name: other\n",
            ),
        ),
    ),
    Row(
        "compose_schema",
        "compose.yaml is valid",
        (Edit("compose.yaml", "    stop_grace_period: 30s\n", "    stop_grace_period: [30]\n"),),
    ),
    Row(
        "compose_services",
        "compose limits",
        (First("compose.yaml", r" +cpus: .+\n +memory: .+\n"),),
    ),
    Row(
        "dockerfile",
        "pinned base image",
        (Edit("Dockerfile", "ARG PYTHON_IMAGE=python:3.13-slim-bookworm", "ARG PYTHON_IMAGE=python:latest"),),
    ),
    Row("dockerfile", "non-root", (Edit("Dockerfile", "USER 10001:10001\n"),)),
    Row("systemd", "systemd unit", (Edit("deploy/systemd/quillwort.service", "NoNewPrivileges=yes\n"),)),
    Row(
        "workflow_schema",
        "CI workflow",
        (
            Edit(
                ".github/workflows/ci.yaml",
                "    runs-on: ubuntu-24.04\n    timeout-minutes: 10\n",
                "    timeout-minutes: 10\n",
            ),
        ),
    ),
    Row(
        "no_secret_values",
        "no secrets in manifests",
        (
            Edit(
                "compose.yaml",
                "POSTGRES_PASSWORD: ${POSTGRES_PASSWORD:?set POSTGRES_PASSWORD}\n",
                "POSTGRES_PASSWORD: s3cr3t-Passw0rd\n",
            ),
        ),
    ),
)

CODE = (
    Row(
        "ruff_check",
        "lint",
        (Edit("src/quillwort/kit/health.py", "import asyncio\n", "import asyncio\nimport os\n"),),
    ),
    Row(
        "ruff_format",
        "formatting",
        (Edit("src/quillwort/kit/health.py", "self._draining = False", "self._draining  =  False"),),
    ),
    Row(
        "proto_lint",
        "linted protos",
        (Edit("proto/quillwort/v1/collector.proto", "int32 page_size = 1;", "int32 pageSize = 1;"),),
    ),
    Row(
        "mypy_strict",
        "strict types",
        (Edit("src/quillwort/kit/health.py", "def drain(self) -> None:", "def drain(self) -> int:"),),
    ),
)

BOOT = (
    Row(
        "bare_machine",
        "runs on a bare machine",
        (
            Edit(
                "src/quillwort/bootstrap.py",
                'PREPARATIONS: Final[Sequence[Command]] = (COMMANDS["migrate"],)',
                'PREPARATIONS: Final[Sequence[Command]] = (COMMANDS["token"],)',
            ),
        ),
    ),
    Row(
        "production_refuses_embedded_database",
        "production refuses the embedded database",
        (
            Edit(
                "src/quillwort/adapters/postgresql/settings.py",
                "        if not self.url:\n",
                "        if False:\n",
            ),
        ),
    ),
    Row(
        "production_refuses_development_issuer",
        "a development issuer that cannot run in production",
        (
            Edit(
                "src/quillwort/adapters/identity/settings.py",
                "        if not self.jwks_url:\n",
                "        if False:\n",
            ),
        ),
    ),
    Row(
        "production_refuses_default_issuer_name",
        "production names its own issuer",
        (
            Edit(
                "src/quillwort/adapters/identity/settings.py",
                "        if self.issuer == DEVELOPMENT_ISSUER:\n",
                "        if False:\n",
            ),
        ),
    ),
    Row(
        "migrations_repeat",
        "migrations ship and repeat",
        (
            Edit(
                MIGRATION,
                "    for statement in (*COLLECTORS, *SPECIMENS):\n",
                "    for statement in (*SPECIMENS, *COLLECTORS):\n",
            ),
        ),
    ),
)

PLANS = (
    Row(
        "no_sequential_scan",
        "indexes for what an administrator lists",
        (
            Edit(
                MIGRATION,
                "    CREATE INDEX specimens_created_at_idx\n    ON specimens (created_at, id)\n",
                "    SELECT 1\n",
            ),
        ),
    ),
    Row(
        "no_large_sort",
        "indexes for every sort",
        (
            Edit(
                MIGRATION,
                "    CREATE INDEX specimens_owner_id_taxon_idx\n    ON specimens (owner_id, taxon, id)\n",
                "    SELECT 1\n",
            ),
            Edit(
                MIGRATION,
                "    CREATE INDEX specimens_owner_id_taxon_created_at_idx\n"
                "    ON specimens (owner_id, taxon, created_at, id)\n",
                "    SELECT 1\n",
            ),
        ),
    ),
    Row(
        "no_rows_read_in_vain",
        "indexes for every filter",
        (
            Edit(
                MIGRATION,
                "    CREATE INDEX specimens_owner_id_taxon_idx\n    ON specimens (owner_id, taxon, id)\n",
                "    SELECT 1\n",
            ),
            Edit(
                MIGRATION,
                "    CREATE INDEX specimens_owner_id_taxon_created_at_idx\n"
                "    ON specimens (owner_id, taxon, created_at, id)\n",
                "    SELECT 1\n",
            ),
        ),
    ),
    Row(
        "foreign_keys_indexed",
        "indexes for references",
        (
            Edit(
                MIGRATION,
                "    CREATE INDEX specimens_owner_id_collector_id_created_at_idx\n"
                "    ON specimens (owner_id, collector_id, created_at, id)\n",
                "    SELECT 1\n",
            ),
        ),
    ),
)

ROWS = (*MANIFESTS, *CODE, *BOOT, *PLANS)
