"""What a text may name that things run on: targets, clouds, languages and tools (rows as in ``products.py``)."""

from typing import Final

Row = tuple[str, str, dict[str, str]]

TARGETS: Final[dict[str, Row]] = {
    "kubernetes": (
        "target",
        "kubernetes, k8s, k8, kube, kubernetes cluster, k3s, rke2, rancher, openshift, open shift, red hat openshift, okd, kapsule, helm chart, helm charts, minikube, microk8s",
        {},
    ),
    "eks": ("target:kubernetes", "eks, aws eks, amazon eks", {"cloud": "aws"}),
    "gke": ("target:kubernetes", "gke, gke autopilot", {"cloud": "gcp"}),
    "aks": ("target:kubernetes", "aks, azure kubernetes service", {"cloud": "azure"}),
    "doks": ("target:kubernetes", "doks", {"cloud": "digitalocean"}),
    "compose": (
        "target",
        "docker compose, dockercompose, compose file, docker compose up, compose yml, compose yaml, podman compose",
        {},
    ),
    "vm": (
        "target",
        (
            "vm, vms, virtual machine, virtual machines, virtual server, virtual servers, vps, droplet, droplets, bare metal, bare metal server, "
            "virtuelle maschine, virtuelle maschinen, virtuellen maschinen, virtuellen maschine, virtueller maschine, vserver, máquina virtual, máquinas virtuales, machine virtuelle, machines virtuelles, "
            "macchine virtuali, máquinas virtuais, virtuele machines, systemd, vmware, vsphere, proxmox"
        ),
        {},
    ),
    "ec2": ("target:vm", "ec2, ec2 instance, ec2 instances, lightsail", {"cloud": "aws"}),
    "compute_engine": ("target:vm", "compute engine, google compute engine, gce", {"cloud": "gcp"}),
    "serverless": ("target", "serverless, faas, serverlos, sin servidor, sans serveur", {}),
    "lambda": (
        "target:serverless",
        "aws lambda, Lambda, lambdas, lambda functions, lambda function, lambda",
        {"cloud": "aws"},
    ),
    "cloud_functions": (
        "target:serverless",
        "cloud functions, google cloud functions, cloud function",
        {"cloud": "gcp"},
    ),
    "cloud_run": ("target:serverless", "cloud run, google cloud run, cloudrun", {"cloud": "gcp"}),
    "azure_functions": ("target:serverless", "azure functions, azure function", {"cloud": "azure"}),
    "app_runner": ("known", "app runner", {"cloud": "aws"}),
    "ecs": ("known", "ecs, fargate, aws fargate, ecs fargate", {"cloud": "aws"}),
    "container_apps": (
        "known",
        "azure container apps, container apps, azure app service",
        {"cloud": "azure"},
    ),
    "app_engine": ("known", "app engine, google app engine", {"cloud": "gcp"}),
    "docker": ("known", "docker, dockerfile, docker container, docker containers, podman", {}),
    "swarm": ("known", "docker swarm", {}),
    "nomad": ("known", "Nomad", {}),
}

CLOUDS: Final[dict[str, Row]] = {
    "aws": ("cloud", "aws, amazon web services, amazon aws, amazon cloud, govcloud, aws govcloud", {}),
    "azure": ("cloud", "azure, microsoft azure, ms azure", {}),
    "gcp": ("cloud", "gcp, google cloud, google cloud platform", {}),
    "hetzner": ("cloud", "hetzner, hetzner cloud", {}),
    "digitalocean": ("cloud", "digitalocean, digital ocean", {}),
    "ovh": ("cloud", "ovh, ovhcloud, ovh cloud", {}),
    "scaleway": ("cloud", "scaleway", {}),
    "linode": ("cloud", "linode, akamai cloud", {}),
    "vultr": ("cloud", "vultr", {}),
    "exoscale": ("cloud", "exoscale", {}),
    "ionos": ("cloud", "ionos", {}),
    "stackit": ("cloud", "stackit", {}),
    "oci": ("cloud", "oracle cloud, oci, oracle cloud infrastructure", {}),
    "ibm_cloud": ("cloud", "ibm cloud", {}),
    "alibaba": ("cloud", "alibaba cloud, aliyun", {}),
    "infomaniak": ("cloud", "infomaniak", {}),
    "heroku": ("cloud", "heroku", {}),
    "render": ("cloud", "Render, render com", {}),
    "fly": ("cloud", "fly io, Fly", {}),
    "railway": ("cloud", "Railway, railway app", {}),
    "vercel": ("cloud", "vercel", {}),
    "netcup": ("cloud", "netcup", {}),
    "contabo": ("cloud", "contabo", {}),
    "upcloud": ("cloud", "upcloud", {}),
    "open_telekom_cloud": ("cloud", "open telekom cloud", {}),
    "tencent": ("cloud", "tencent cloud", {}),
    "yandex": ("cloud", "yandex cloud", {}),
    "pythonanywhere": ("cloud", "pythonanywhere", {}),
}

KNOWN: Final[dict[str, Row]] = {
    "celery": ("known", "celery", {}),
    "dramatiq": ("known", "dramatiq", {}),
    "arq": ("known", "arq", {}),
    "airflow": ("known", "airflow", {}),
    "temporal": ("known", "Temporal", {}),
    "spark": ("known", "apache spark, Spark, pyspark", {}),
    "flink": ("known", "flink, apache flink", {}),
    "prometheus": ("known", "prometheus", {}),
    "grafana": ("known", "grafana", {}),
    "terraform": ("known", "terraform", {}),
    "ansible": ("known", "ansible", {}),
    "sqlalchemy": ("known", "sqlalchemy", {}),
    "nginx": ("known", "nginx", {}),
    "python": ("known", "python", {}),
    "java": ("known", "java, spring boot", {}),
    "go": ("known", "Go, golang", {}),
    "php": ("known", "php, laravel, symfony", {}),
    "nodejs": ("known", "node js, nodejs, Node", {}),
    "ruby": ("known", "ruby, Rails, ruby on rails", {}),
    "dotnet": ("known", "dotnet, c#, asp net, net core", {}),
    "rust": ("known", "Rust", {}),
    "typescript": ("known", "typescript, javascript", {}),
    "react": ("known", "React, reactjs", {}),
    "s3": ("known", "s3, amazon s3, aws s3", {"cloud": "aws"}),
    "minio": ("known", "minio, s3 compatible", {}),
    "rds": ("known", "rds, amazon rds, aws rds", {"cloud": "aws"}),
    "cloud_sql": ("known", "cloud sql", {"cloud": "gcp"}),
    "bedrock": ("known", "Bedrock, amazon bedrock, aws bedrock", {"cloud": "aws"}),
    "vertex_ai": ("known", "vertex ai", {"cloud": "gcp"}),
    "langchain": ("known", "langchain", {}),
    "llamaindex": ("known", "llamaindex, llama index", {}),
    "istio": ("known", "istio, linkerd", {}),
}
