"""The addresses of an installation in demo mode; see the fixture `demo_mode`."""

from django.urls import include, path

from samenwijk.config.urls import urlpatterns as product

urlpatterns = [path("", include("samenwijk.demo.urls")), *product]
