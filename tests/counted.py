"""What a metric counted; read by itself, as the registry asks the database for others."""

from prometheus_client.metrics import MetricWrapperBase


def counted(metric: MetricWrapperBase, **labels: str) -> float:
    """Return the value of `metric` with these labels; 0 where it was never counted."""
    samples = (sample for told in metric.collect() for sample in told.samples)
    return sum(
        sample.value
        for sample in samples
        if sample.labels == labels and not sample.name.endswith("_created")
    )
