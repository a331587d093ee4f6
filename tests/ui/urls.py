"""The product with the page of all components, which otherwise only the demo shows."""

from django.urls import path

from samenwijk.config.urls import urlpatterns as product
from samenwijk.ui import views

urlpatterns = [
    *product,
    path("stijl/", views.style, name="style"),
    path("stijl/<slug:page>/", views.style, name="style_page"),
]
