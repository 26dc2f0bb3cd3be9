"""A view an event: one that only answers, and one that counts it in the database."""

import json

from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from bench.naive import counting


@csrf_exempt
def answer(request: HttpRequest) -> JsonResponse:
    """Read the event and keep nothing: what a view costs at the least."""
    return JsonResponse({"id": json.loads(request.body)["id"]}, status=202)


@csrf_exempt
def count(request: HttpRequest) -> JsonResponse:
    """Count the event."""
    event = json.loads(request.body)
    counting.in_the_database(event)
    return JsonResponse({"id": event["id"]}, status=202)


urlpatterns = [path("answer", answer), path("count", count)]
